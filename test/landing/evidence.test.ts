import assert from "node:assert/strict";
import { History, numbered } from "./history";

const csv = { "csv.ts": numbered("csv", 12) };

describe("landing: what a merged pull request says", () => {
  /** Landed with an edit by the one who merged it. */
  function edited(): History {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.on("main", "chore: other", { "other.ts": "other\n" });
    h.on("main", "feat: CSV (#12)", { "csv.ts": numbered("csv", 12).replace("csv(3)", "csv(33)") });
    return h;
  }
  const pull = (h: History, head: string, mergeCommit: string) => ({
    number: 12,
    head: h.oid(head),
    mergeCommit: h.oid(mergeCommit),
  });

  it("proves what the content cannot, and only for what its head had", async () => {
    const h = edited();
    assert.equal(await h.verdict(), "open, 1");
    const pulls = [pull(h, "feature", "main")];
    assert.equal(await h.verdict("feature", { pulls }), "landed by pull-request as feat: CSV (#12)");
    h.on("feature", "feat: csv 2", { "csv2.ts": "two\n" });
    assert.equal(await h.verdict("feature", { pulls }), "open, 1");
    assert.deepEqual(await h.plan("feature", { pulls }), [
      "landed: feat: csv 1 → feat: CSV (#12)",
      "open: feat: csv 2",
    ]);
    h.pick("feature");
    assert.equal(
      await h.verdict("feature", { pulls }),
      "landed by pull-request as feat: CSV (#12) + feat: csv 2",
    );
  });

  it("proves a worktree that is behind the pull request's head", async () => {
    const h = edited();
    h.repo.git("branch", "pushed", "feature");
    h.on("pushed", "fix: by a bot", { "bot.ts": "bot\n" });
    const pulls = [pull(h, "pushed", "main")];
    assert.equal(await h.verdict("feature", { pulls }), "landed by pull-request as feat: CSV (#12)");
  });

  it("proves nothing when its merge is not in the target, or its head is another", async () => {
    const h = edited();
    h.repo.git("branch", "elsewhere", "main~1");
    h.on("elsewhere", "feat: CSV into another branch", { "csv.ts": "other\n" });
    const absent = { number: 1, head: h.oid("feature"), mergeCommit: "1".repeat(40) };
    const pulls = [pull(h, "feature", "elsewhere"), pull(h, "main~1", "main"), absent];
    assert.equal(await h.verdict("feature", { pulls }), "open, 1");
    const unknownHead = { ...pull(h, "feature", "main"), head: "2".repeat(40) };
    assert.equal(await h.verdict("feature", { pulls: [unknownHead] }), "open, 1");
  });

  it("proves nothing once its landing was reverted", async () => {
    const h = edited();
    const pulls = [pull(h, "feature", "main")];
    h.revert("main");
    assert.equal(await h.verdict("feature", { pulls }), "open, 1");
  });

  it("tells a fast-forward from a branch that was never touched", async () => {
    const h = new History();
    const base = h.oid("main");
    const head = h.on("feature", "feat: csv", csv);
    h.repo.git("branch", "-f", "main", "feature");
    const pulls = [{ number: 12, head, mergeCommit: head }];
    assert.equal(await h.verdict("feature", { pulls }), "empty");
    assert.equal(
      await h.verdict("feature", { pulls, bases: new Map([[head, base]]) }),
      "landed by pull-request as feat: csv",
    );
    assert.equal(await h.verdict("feature", { pulls, bases: new Map([[head, head]]) }), "empty");
  });
});

describe("landing: content that was edited on the way in", () => {
  const body = numbered("app", 8);
  const wired = body.replace("export const app4", `${numbered("csv", 4)}export const app4`);

  function landedAs(text: string): History {
    const h = new History();
    h.on("main", "chore: body", { "body.ts": body });
    h.repo.git("branch", "-f", "feature", "main");
    h.on("feature", "feat: csv", { "body.ts": wired });
    h.on("main", "feat: CSV (#12)", { "body.ts": text });
    return h;
  }

  it("is there when lines were only added beside the branch's own", async () => {
    const h = landedAs(wired.replace("export const csv2", "// Careful.\nexport const csv2"));
    assert.equal(await h.verdict(), "landed by contained as feat: CSV (#12)");
  });

  it("is not there when one of the lines, or its neighbour, was changed", async () => {
    assert.equal(await landedAs(wired.replace("csv(2)", "csv(22)")).verdict(), "open, 1");
    const neighbour = wired
      .replace("app(4)", "app(44)")
      .replace("export const csv2", "//\nexport const csv2");
    assert.equal(await landedAs(neighbour).verdict(), "open, 1");
  });

  it("is not there when the same lines stand in another place", async () => {
    const elsewhere = body
      .replace("export const app6", `${numbered("csv", 4)}export const app6`)
      .replace("export const app4", "// Careful.\nexport const app4");
    assert.equal(await landedAs(elsewhere).verdict(), "open, 1");
  });

  it("is not there when the branch goes on to take one of the lines back", async () => {
    const h = landedAs(wired.replace("export const csv2", "// Careful.\nexport const csv2"));
    h.edit("feature", "fix: no csv3", "body.ts", "export const csv3 = csv(3);\n", "");
    assert.equal(await h.verdict(), "open, 2");
  });

  it("is not told from too few lines", async () => {
    const h = new History();
    h.edit("feature", "feat: one line", "log.ts", "export const log3", "// One.\nexport const log3");
    h.edit("main", "feat: two lines", "log.ts", "export const log3", "// One.\n// Two.\nexport const log3");
    assert.equal(await h.verdict(), "open, 1");
  });
});
