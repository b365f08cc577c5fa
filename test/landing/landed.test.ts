import assert from "node:assert/strict";
import { History, numbered } from "./history";

const csv = { "csv.ts": numbered("csv", 12), "csv.test.ts": numbered("test", 4) };

/** Two commits of which the second uses the first. */
function twoCommits(): History {
  const h = new History();
  h.on("feature", "feat: csv 1", csv);
  h.edit("feature", "feat: csv 2", "app.ts", "usage: app", "usage: app [--csv]");
  return h;
}

const more = (h: History): string => h.on("feature", "feat: more", { "more.ts": numbered("more", 3) });
const elsewhere = (h: History): string => h.on("main", "chore: other", { "other.ts": numbered("other", 3) });

describe("landing: whole branches that came in", () => {
  it("by a merge commit", async () => {
    const h = twoCommits();
    elsewhere(h);
    h.merge("feature", "Merge branch 'feature'");
    elsewhere(h);
    assert.equal(await h.verdict(), "landed by ancestor as Merge branch 'feature'");
    assert.equal(await h.verdict("feature~1"), "landed by ancestor as Merge branch 'feature'");
  });

  it("by a squash of several commits, also when the target moved before and after", async () => {
    const h = twoCommits();
    elsewhere(h);
    h.squash("feature", "feat: CSV (#12)");
    h.on("main", "docs: more", { "readme.md": "more\n" });
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
    assert.deepEqual(await h.plan(), [
      "landed: feat: csv 1 → feat: CSV (#12)",
      "landed: feat: csv 2 → feat: CSV (#12)",
    ]);
  });

  it("by a squash that holds only the last of several versions of a line", async () => {
    const h = new History();
    h.edit("feature", "feat: usage 1", "app.ts", "usage: app", "usage: app [--csv]");
    h.edit("feature", "feat: usage 2", "app.ts", "[--csv]", "[--csv] [--tsv]");
    h.squash("feature", "feat: usage (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: usage (#12)");
    more(h);
    assert.equal(await h.verdict(), "open, 1");
    assert.deepEqual(await h.plan(), [
      "landed: feat: usage 1 → feat: usage (#12)",
      "landed: feat: usage 2 → feat: usage (#12)",
      "open: feat: more",
    ]);
  });

  it("by a squash whose lines the target edited again later", async () => {
    const h = twoCommits();
    h.squash("feature", "feat: CSV (#12)");
    h.edit("main", "chore: rename", "app.ts", "usage: app [--csv]", "usage: calc [--csv]");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
  });

  it("by a squash onto a target that had moved, edited again later", async () => {
    const h = twoCommits();
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    h.edit("main", "chore: app", "app.ts", "app(0)", "app(100)");
    h.squash("feature", "feat: CSV (#12)");
    h.edit("main", "chore: rename", "app.ts", "usage: app [--csv]", "usage: calc [--csv]");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
  });

  it("by two squashes", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.squash("feature", "feat: CSV (#12)");
    h.edit("feature", "feat: level", "log.ts", "log0", "level0");
    h.squash("feature", "feat: log level (#14)");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12) + feat: log level (#14)");
    more(h);
    assert.equal(await h.verdict(), "open, 1");
  });

  it("by a squash of a branch that had merged the target, cleanly", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    elsewhere(h);
    h.merge("main", "Merge branch 'main' into feature", "feature");
    h.edit("feature", "feat: csv 2", "app.ts", "usage: app", "usage: app [--csv]");
    h.squash("feature", "feat: CSV (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
  });

  it("by a squash of a branch that had merged the target and resolved a conflict", async () => {
    const h = twoCommits();
    h.edit("main", "chore: rename", "app.ts", "usage: app", "usage: calc");
    h.resolve("feature", "Merge branch 'main' into feature", {
      "app.ts": h.text("feature:app.ts").replace("usage: app", "usage: calc"),
    });
    assert.equal(await h.verdict(), "open, 3");
    h.squash("feature", "feat: CSV (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
    assert.deepEqual(await h.plan(), [
      "landed: feat: csv 1 → feat: CSV (#12)",
      "landed: feat: csv 2 → feat: CSV (#12)",
    ]);
  });

  it("by a second squash, after the branch had merged the first one and kept its own version", async () => {
    const h = new History();
    h.edit("feature", "feat: usage 1", "app.ts", "usage: app", "usage: app [--csv]");
    h.squash("feature", "feat: usage (#12)");
    h.edit("feature", "feat: usage 2", "app.ts", "[--csv]", "[--csv] [--tsv]");
    h.resolve("feature", "Merge branch 'main' into feature", { "app.ts": h.text("feature:app.ts") });
    assert.equal(await h.verdict(), "open, 2");
    h.squash("feature", "feat: more usage (#14)");
    assert.equal(await h.verdict(), "landed by squash as feat: usage (#12) + feat: more usage (#14)");
  });

  it("by a rebase merge, reworded and among others' landings", async () => {
    const h = twoCommits();
    elsewhere(h);
    h.pick("feature~1");
    h.repo.git("commit", "-q", "--amend", "-m", "feat: csv 1 (#12) reworded");
    h.on("main", "docs: more", { "readme.md": "more\n" });
    h.pick("feature");
    assert.equal(await h.verdict(), "landed by rebase as feat: csv 1 (#12) reworded + feat: csv 2");
  });

  it("by cherry-picks in another order", async () => {
    const h = twoCommits();
    h.pick("feature");
    elsewhere(h);
    h.pick("feature~1");
    assert.equal(await h.verdict(), "landed by rebase as feat: csv 1 + feat: csv 2");
  });

  it("by a squash of another branch that had it merged in", async () => {
    const h = twoCommits();
    h.repo.git("branch", "release", "main");
    h.on("release", "chore: version", { "version.txt": "2\n" });
    h.merge("feature", "Merge feature", "release");
    h.squash("release", "release: 2");
    assert.equal(await h.verdict(), "landed by squash as release: 2");
  });

  it("by a squash into a file that the target had moved and edited before", async () => {
    const h = new History();
    h.edit("feature", "feat: usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.repo.git("checkout", "-q", "main");
    h.repo.git("mv", "app.ts", "program.ts");
    h.on("main", "chore: move", { "program.ts": h.text("main:app.ts").replace("app(0)", "app(100)") });
    h.squash("feature", "feat: CSV (#12)");
    assert.equal(h.repo.git("show", "--format=", "--name-only", "main"), "program.ts");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
  });

  it("with its own commit and its own revert of it", async () => {
    const h = new History();
    h.on("feature", "feat: try", csv);
    h.repo.git("revert", "--no-edit", "HEAD");
    more(h);
    assert.equal(await h.verdict(), "open, 3");
    h.squash("feature", "feat: more (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: more (#12)");
  });

  it("with commits that were empty from the start", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.on("feature", "ci: trigger");
    assert.deepEqual(await h.plan(), ["open: feat: csv 1", "empty: ci: trigger"]);
    assert.equal(await h.verdict(), "open, 1");
    h.squash("feature", "feat: CSV (#12)");
    h.on("feature", "ci: trigger again");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
    assert.deepEqual(await h.plan(), [
      "landed: feat: csv 1 → feat: CSV (#12)",
      "empty: ci: trigger",
      "empty: ci: trigger again",
    ]);
  });
});
