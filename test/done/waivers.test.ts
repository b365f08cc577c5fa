import assert from "node:assert/strict";
import { judged } from "./judged";
import { kept, standing, story } from "./kept";

const feature = (body: string) => ({
  message: `feat: receipts${body === "" ? "" : `\n\n${body}`}`,
  files: { "src/shop.ts": `${kept["src/shop.ts"]}// TODO receipts\n` },
});
const both = { "changelog fail": [["CHANGELOG.md", 3]], "debt fail": [["src/shop.ts", 7]] };

describe("waivers", () => {
  it("excuse one gate, with a reason that is shown", async () => {
    const document = await judged(story([feature("Waive-gate: changelog - only behind a switch")]));
    assert.deepEqual(standing(document), { "changelog waived": [], "debt fail": both["debt fail"] });
    const waivers = document.gates.find(({ id }) => id === "changelog")?.waivers;
    assert.deepEqual(waivers, [
      { gate: "changelog", reason: "only behind a switch", from: document.head.oid.slice(0, 9) },
    ]);
  });

  it("are read in the pull request too", async () => {
    const body = "Why.\r\n\r\nWaive-gate: changelog: internal\r\nwaive-gate: debt next week\r\n";
    const pull = { number: 4, title: "feat: receipts", body };
    const document = await judged(story([feature("")]), { pull });
    assert.deepEqual(standing(document), { "changelog waived": [], "debt waived": [] });
    assert.deepEqual(
      document.gates.flatMap(({ waivers }) => waivers.map(({ reason, from }) => [reason, from])),
      [
        ["internal", "pull request"],
        ["next week", "pull request"],
      ],
    );
    assert.equal(document.pull, 4);
  });

  it("need a reason, and a gate that the author may excuse", async () => {
    const body =
      "Waive-gate: changelog\nWaive-gate: losses mine are right\nWaive-gate: all no time\nWaive-gate debt x";
    assert.deepEqual(standing(await judged(story([feature(body)]))), both);
  });

  it("change nothing about a gate that is fine", async () => {
    const told = { message: "docs: words\n\nWaive-gate: debt none", files: { "docs/words.md": "Words.\n" } };
    assert.deepEqual(standing(await judged(story([told]))), {});
  });
});
