import assert from "node:assert/strict";
import { judged } from "./judged";
import { kept, standing, story, type Told } from "./kept";

const money = kept["src/money.ts"] ?? "";
const shop = kept["src/shop.ts"] ?? "";
const log = (more: string) => kept["CHANGELOG.md"]?.replace("- Export.\n", `- Export.\n${more}`) ?? "";
const noted = { "CHANGELOG.md": log("- Prices in dollars.\n") };

interface Case {
  readonly name: string;
  readonly told: Told | readonly Told[];
  readonly before?: Readonly<Record<string, string | null>>;
  /** `<gate> <status>` with its places; what is not named is fine. */
  readonly red: Readonly<Record<string, unknown>>;
}

const cases: readonly Case[] = [
  {
    name: "a change with all that belongs to it",
    told: {
      message: "feat: dollars",
      files: {
        ...noted,
        "src/money.ts": `${money}export const rate = 1.1;\n`,
        "src/shop.ts": shop
          .replace("{ cents }", "{ cents, rate }")
          .replace("cents(price)", "cents(price * rate)"),
      },
    },
    red: {},
  },
  {
    name: "documents that name a file that was renamed",
    told: {
      message: "refactor: a better name",
      files: {
        "src/export.ts": null,
        "src/csv.ts": kept["src/export.ts"] ?? "",
        "src/shop.ts": shop.replace("./export", "./csv"),
      },
    },
    red: {
      "docs fail": [
        ["README.md", 3],
        ["docs/export.md", 3],
      ],
    },
  },
  {
    name: "a rename that the documents follow",
    told: {
      message: "refactor: a better name",
      files: {
        "src/export.ts": null,
        "src/csv.ts": kept["src/export.ts"] ?? "",
        "src/shop.ts": shop.replace("./export", "./csv"),
        "README.md": kept["README.md"]?.replace("src/export.ts", "src/csv.ts") ?? "",
        "docs/export.md": kept["docs/export.md"]?.replace("src/export.ts", "src/csv.ts") ?? "",
      },
    },
    red: {},
  },
  {
    name: "a page that is deleted while another links to it",
    told: { message: "docs: shorter", files: { "docs/export.md": null } },
    red: { "docs fail": [["README.md", 3]] },
  },
  {
    name: "a new link that leads nowhere; links to sites, anchors and code are none of ours",
    told: {
      message: "docs: more",
      files: {
        "docs/more.md":
          "[a](../README.md#shop) [b](https://x.example/y) [c](#here) `[d](nope.md)` [e](gone.md)\n\n```md\n[f](nope.md)\n```\n[g](/site/page) [h](./export)\n\n[i]: nowhere.md\n",
      },
    },
    red: {
      "docs fail": [
        ["docs/more.md", 1],
        ["docs/more.md", 8],
      ],
    },
  },
  {
    name: "code whose documents the repo names, and none of them changed",
    before: {
      ".agent-foreman.json": JSON.stringify({
        gates: { docs: { map: [{ code: ["src/export*"], docs: ["/docs/"] }] } },
      }),
    },
    told: { message: "refactor: spaces", files: { "src/export.ts": `${kept["src/export.ts"]}\n` } },
    red: { "docs fail": [["docs/export.md", null]] },
  },
  {
    name: "a script that goes while documents and conventions still call it",
    told: {
      message: "chore: scripts",
      files: {
        "package.json": JSON.stringify({ name: "shop", main: "dist/shop.js", scripts: { test: "z" } }),
      },
    },
    red: { "docs fail": [["docs/export.md", 3]], "conventions fail": [["AGENTS.md", 3]] },
  },
  {
    name: "conventions that name a file that is gone",
    told: {
      message: "refactor: a better name",
      files: {
        "src/money.ts": null,
        "src/price.ts": money,
        "src/shop.ts": shop.replace("./money", "./price"),
      },
    },
    red: { "conventions fail": [["AGENTS.md", 4]] },
  },
  {
    name: "conventions that begin to name what was never there",
    told: {
      message: "docs: rules",
      files: {
        "AGENTS.md": `${kept["AGENTS.md"]}- See \`src/nowhere.ts\`, \`src/log.ts\` and \`npm run lint\`.\n- Then \`npm run polish\`.\n- Or \`any/thing.md\`, \`src/*.ts\`.\n`,
      },
    },
    red: {
      "conventions fail": [
        ["AGENTS.md", 5],
        ["AGENTS.md", 6],
      ],
    },
  },
  {
    name: "a CLAUDE.md that stops taking in AGENTS.md",
    told: { message: "docs: for Claude", files: { "CLAUDE.md": "Be nice.\n" } },
    red: { "conventions fail": [["CLAUDE.md", null]] },
  },
  {
    name: "one that never did is nobody's new fault",
    before: { "CLAUDE.md": "Be nice.\n" },
    told: { message: "docs: for Claude", files: { "CLAUDE.md": "Be very nice.\n" } },
    red: {},
  },
  {
    name: "a feature without a changelog entry",
    told: { message: "feat: dollars", files: { "src/shop.ts": `${shop}// for dollars\n` } },
    red: { "changelog fail": [["CHANGELOG.md", 3]] },
  },
  {
    name: "a feature whose changelog got a heading alone",
    told: {
      message: "feat: dollars",
      files: { "src/shop.ts": `${shop}// for dollars\n`, "CHANGELOG.md": log("\n### Fixed\n") },
    },
    red: { "changelog fail": [["CHANGELOG.md", 3]] },
  },
  {
    name: "a title without a type is taken for one that users notice",
    told: { message: "Dollars", files: { "src/shop.ts": `${shop}// for dollars\n` } },
    red: { "changelog fail": [["CHANGELOG.md", 3]] },
  },
  {
    name: "what users do not notice: a refactoring, tests, documents, tools",
    told: [
      { message: "refactor: spaces", files: { "src/shop.ts": `${shop}\n` } },
      { message: "feat: more tests", files: { "test/more.test.ts": "1;\n" } },
      { message: "docs: words", files: { "docs/words.md": "Words.\n" } },
    ],
    red: {},
  },
  {
    name: "a breaking change of any type needs an entry",
    told: { message: "refactor!: sell nothing", files: { "src/shop.ts": `${shop}\n` } },
    red: { "changelog fail": [["CHANGELOG.md", 3]] },
  },
  {
    name: "changesets: none was added",
    before: { ".changeset/config.json": "{}", ".changeset/README.md": "x\n" },
    told: { message: "fix: cents", files: { "src/shop.ts": `${shop}\n` } },
    red: { "changelog fail": ["No file was added in .changeset."] },
  },
  {
    name: "changesets: one was added",
    before: { ".changeset/config.json": "{}" },
    told: {
      message: "fix: cents",
      files: { "src/shop.ts": `${shop}\n`, ".changeset/calm-cows.md": '---\n"shop": patch\n---\nCents.\n' },
    },
    red: {},
  },
  {
    name: "a changelog that is made of titles, and one that it cannot read",
    before: { "release-please-config.json": "{}" },
    told: [
      { message: "fix: cents", files: { "src/shop.ts": `${shop}\n` } },
      { message: "fixed more cents", files: { "src/shop.ts": `${shop}\n\n` } },
    ],
    red: { "changelog fail": [/^The subject of [0-9a-f]{9} has no type: fixed more cents$/] },
  },
  {
    name: "no changelog, no entry",
    before: { "CHANGELOG.md": null },
    told: { message: "feat: dollars", files: { "src/shop.ts": `${shop}// for dollars\n` } },
    red: {},
  },
  {
    name: "a ticket that is closed, while nobody asked GitHub",
    told: { message: "docs: words\n\nCloses #3", files: { "docs/words.md": "Words.\n" } },
    red: { "ticket unknown": [] },
  },
  {
    name: "a ticket that is only named, and one in a code block",
    told: {
      message: "docs: words (#3)\n\nPart of #4\n\n```\nCloses #5\n```",
      files: { "docs/words.md": "Words.\n" },
    },
    red: {},
  },
  {
    name: "no ticket where the repo wants one",
    before: { ".agent-foreman.json": '{"gates":{"ticket":{"required":true}}}' },
    told: { message: "docs: words (#3)", files: { "docs/words.md": "Words.\n" } },
    red: { "ticket fail": ["Neither its commits nor its pull request name one."] },
  },
  {
    name: "no ticket of another tracker",
    before: { ".agent-foreman.json": '{"gates":{"ticket":{"required":true,"pattern":"SHOP-{n}"}}}' },
    told: { message: "docs: words\n\nCloses #3, WORKSHOP-4", files: { "docs/words.md": "Words.\n" } },
    red: { "ticket fail": ["Neither its commits nor its pull request name one."] },
  },
  {
    name: "a ticket of another tracker",
    before: { ".agent-foreman.json": '{"gates":{"ticket":{"required":true,"pattern":"SHOP-{n}"}}}' },
    told: { message: "docs: words\n\nSHOP-4: words", files: { "docs/words.md": "Words.\n" } },
    red: {},
  },
  {
    name: "a new TODO; one with a ticket, one that moved and one in a text are none",
    told: {
      message: "refactor: move",
      files: {
        "src/money.ts": money.replace("// TODO currencies\n", ""),
        "src/shop.ts": `${shop}  // TODO currencies\n// TODO(#12) rates\n// a TODO list\nconst text = "TODO"; say("so: // TODO this");\n# FIXME quickly\n`,
      },
    },
    red: { "debt fail": [["src/shop.ts", 11]] },
  },
  {
    name: "debugging that was left in; a file that always spoke may speak on",
    told: {
      message: "refactor: look",
      files: {
        "src/shop.ts": shop.replace("  return", "  debugger;\n  console.log(price);\n  return"),
        "src/log.ts": `${kept["src/log.ts"]}console.log("more");\n`,
        "scripts/say.mjs": 'console.log("hello");\n',
        "test/shop.test.ts": `${kept["test/shop.test.ts"]}it.only("x", () => {});\n`,
      },
    },
    red: {
      "debt fail": [
        ["src/shop.ts", 5],
        ["src/shop.ts", 6],
        ["test/shop.test.ts", 5],
      ],
    },
  },
  {
    name: "an export that nothing uses, and a file that nothing imports",
    told: {
      message: "refactor: more",
      files: {
        "src/money.ts": `${money}export function dollars(): number {\n  return 1;\n}\nexport const used = 1;\nconst two = used + used;\n`,
        "src/rates.ts": "export const rates = [1];\nexport const first = rates[0];\n",
        "src/unused.test.ts": "export const helper = 1;\n",
      },
    },
    red: {
      "debt fail": [
        ["src/rates.ts", null],
        ["src/money.ts", 6],
      ],
    },
  },
  {
    name: "an export that loses its last use",
    told: {
      message: "refactor: simpler",
      files: { "src/shop.ts": "export function sell(price: number): string {\n  return String(price);\n}\n" },
    },
    red: {
      "debt fail": [
        ["src/money.ts", 1],
        ["src/export.ts", 1],
      ],
    },
  },
];

describe("the definition of done", () => {
  for (const { name, told, before, red } of cases)
    it(name, async () => {
      const repo = story([told].flat(), before);
      const found = standing(await judged(repo));
      // A commit's id is not known beforehand.
      const same = JSON.stringify(red, (_key, value) => (value instanceof RegExp ? "…" : value));
      if (!same.includes("…")) assert.deepEqual(found, red);
      else
        for (const [gate, places] of Object.entries(red))
          (places as RegExp[]).forEach((form, i) => {
            assert.match(String((found[gate] as string[])?.[i]), form);
          });
    });

  it("what others shipped", async () => {
    const repo = story([{ message: "docs: words", files: { "docs/words.md": "Words.\n" } }]);
    repo.git("switch", "-q", "main");
    repo.commit("feat: receipts (#7)", { "src/log.ts": `${kept["src/log.ts"]}// receipts\n` });
    repo.git("switch", "-q", "agent");
    repo.git("merge", "-q", "-s", "ours", "main", "-m", "Merge main");
    assert.deepEqual(standing(await judged(repo)), { "losses fail": [["src/log.ts", 3]] });
  });

  it("says so where the change is about the pipeline that judges it", async () => {
    const files = { ".github/workflows/ci.yml": "on: push\n" };
    const document = await judged(story([{ message: "ci: none", files }]));
    assert.deepEqual(
      [document.verdict, document.notes.map(({ path }) => path)],
      ["done", [".github/workflows/ci.yml"]],
    );
  });
});
