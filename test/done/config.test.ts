import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { configPath, conventionFiles, defaultConfig, readConfig } from "../../src/done/config";
import { judged, outcome } from "./judged";
import { change, kept, standing, story } from "./kept";

const schema = JSON.parse(
  readFileSync(path.join(__dirname, "../../media/schemas/config.schema.json"), "utf8"),
);
const todo = { message: "refactor: later", files: { "src/log.ts": `${kept["src/log.ts"]}// TODO more\n` } };

/** The keys of an object and of what is in it. */
function keys(value: object): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      each && typeof each === "object" && !Array.isArray(each) ? keys(each) : typeof each,
    ]),
  );
}

describe("the config of the definition of done", () => {
  it("is what its schema says, defaults included", () => {
    const gates = schema.properties.gates.properties;
    const defaults = Object.fromEntries(
      Object.entries<{ properties: Record<string, { default?: unknown }> }>(gates).map(
        ([gate, { properties }]) => [
          gate,
          Object.fromEntries(
            Object.entries(properties).flatMap(([key, each]) =>
              key === "level" ? [[key, "error"]] : "default" in each ? [[key, each.default]] : [],
            ),
          ),
        ],
      ),
    );
    const conventions = { level: "error", files: conventionFiles };
    assert.deepEqual(defaults, { ...defaultConfig.gates, conventions });
    assert.deepEqual(schema.properties.waivers.default, defaultConfig.waivers);
    assert.deepEqual(Object.keys(keys(gates) as object), Object.keys(defaultConfig.gates));
  });

  it("takes what its schema takes, and nothing else", () => {
    const validate = new Ajv({ strict: false }).compile(schema);
    const glob = ["src/**"];
    const whole = {
      $schema: "x",
      gates: {
        losses: { level: "warn" },
        review: { level: "off", required: true },
        checks: { required: true },
        docs: { map: [{ code: glob, docs: glob }] },
        conventions: { files: glob },
        changelog: { types: ["feat"], code: glob },
        ticket: { required: true, pattern: "A-{n}" },
        debt: { words: [], debug: false, orphans: false, entries: glob, ignore: glob },
      },
      waivers: [{ gate: "debt", paths: glob, reason: "old" }],
      selfChecks: [{ name: "lint", command: ["npm", "run", "lint"] }],
    };
    const bad = [
      { gate: {} },
      { gates: { docs: { level: "on" } } },
      { gates: { docs: { map: [{ code: glob }] } } },
      { gates: { debt: { words: [""] } } },
      { gates: { ticket: { pattern: "A-" } } },
      { waivers: [{ gate: "losses", paths: glob, reason: "no" }] },
      { waivers: [{ gate: "debt", paths: glob, reason: "" }] },
      { gates: { debt: { ignore: "src" } } },
      { selfChecks: [{ name: "lint", command: [] }] },
    ];
    for (const value of [{}, whole]) {
      assert.equal(validate(value), true);
      assert.ok(!("fault" in readConfig(value)));
    }
    for (const value of bad) {
      assert.equal(validate(value), false, JSON.stringify(value));
      assert.ok("fault" in readConfig(value), JSON.stringify(value));
    }
  });

  for (const [text, says] of [
    ["", "line 1: ValueExpected"],
    ['{\n  "gates": {\n', "line 3: CloseBraceExpected"],
    ['{ // no\n "gates": {} }', "line 1: InvalidCommentToken"],
    ["[]", "the file: expected Object, but found Array"],
    ['"gates"', 'the file: expected Object, but found "gates"'],
    ['{"gates":{"docks":{}}}', "gates.docks is no known key"],
    ['{"__proto__":{"x":1}}', "x is no known key"],
    ['{"gates":{"debt":{"words":[3]}}}', "gates.debt.words[0]: expected string, but found 3"],
    [
      '{"gates":{"ticket":{"pattern":"(a+)+$"}}}',
      "gates.ticket.pattern: must have {n} where the ticket's number is, as in ABC-{n}",
    ],
    ["\u0000", "line 1: InvalidSymbol"],
  ] as const)
    it(`is refused in one sentence: ${JSON.stringify(text)}`, async () => {
      const result = await outcome(story([todo], { [configPath]: text }));
      assert.ok(!result.ok);
      assert.deepEqual(result.refusal, {
        code: "bad-config",
        message: `${configPath} of the target cannot be used: ${says}.`,
        hint: "Correct it; an editor that reads its schema shows what it may have. No gate was judged.",
      });
    });

  it("is refused before it lands, too", async () => {
    const result = await outcome(story([{ message: "chore: gates", files: { [configPath]: "{" } }]));
    assert.match(result.ok ? "" : result.refusal.message, /of the change cannot be used: line 1/);
  });

  it("is the target's: a change that loosens it is judged as if it had not, and that is said", async () => {
    const loose = JSON.stringify({ gates: { debt: { level: "off" } } });
    const repo = story([todo, { message: "chore: gates", files: { [configPath]: loose } }]);
    const document = await judged(repo);
    assert.deepEqual(standing(document), { "debt fail": [["src/log.ts", 4]] });
    assert.deepEqual(
      document.notes.map(({ path: file }) => file),
      [configPath],
    );
    const later = await judged(story([todo], { [configPath]: loose }));
    assert.deepEqual([standing(later), later.notes, later.verdict], [{}, [], "done"]);
  });

  it("makes a gate a warning", async () => {
    const document = await judged(story([todo], { [configPath]: '{"gates":{"debt":{"level":"warn"}}}' }));
    assert.deepEqual([standing(document), document.verdict], [{ "debt warn": [["src/log.ts", 4]] }, "done"]);
  });

  it("excuses some places for good, and says which rule did", async () => {
    const reason = "goes away with the old log";
    const waivers = { waivers: [{ gate: "debt", paths: ["src/l*"], reason }] };
    const repo = story([todo], { [configPath]: JSON.stringify(waivers) });
    const document = await judged(repo);
    assert.deepEqual(standing(document), { "debt waived": [] });
    assert.deepEqual(document.gates.find(({ id }) => id === "debt")?.waivers, [
      { gate: "debt", reason, from: configPath },
    ]);
    change(repo, { message: "refactor: x", files: { "src/money.ts": `${kept["src/money.ts"]}// FIXME\n` } });
    assert.deepEqual(standing(await judged(repo)), { "debt fail": [["src/money.ts", 6]] });
  });
});
