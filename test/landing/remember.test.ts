import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { History, numbered } from "./history";

const csv = { "csv.ts": numbered("csv", 12) };

describe("landing: what is remembered", () => {
  const cacheOf = (h: History): string => {
    const dir = path.join(h.repo.dir, ".git/agent-foreman/cache");
    const [name] = readdirSync(dir);
    assert.ok(name);
    return path.join(dir, name);
  };
  const keysOf = (h: History): string[] =>
    readFileSync(cacheOf(h), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.slice(17, 57));

  it("answers again without a look at the history", async () => {
    const h = new History();
    const head = h.on("feature", "feat: csv", csv);
    assert.equal(await h.verdict(), "open, 1");
    assert.equal(await h.verdict(), "open, 1");
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(keysOf(h), [head]);
  });

  it("is looked at again when a landing touches the branch's files, and only then", async () => {
    const h = new History();
    const head = h.on("feature", "feat: csv", csv);
    await h.verdict();
    h.on("main", "chore: other", { "other.ts": "other\n" });
    await h.verdict();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(keysOf(h), [head]);
    h.squash("feature", "feat: CSV (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
    h.on("main", "chore: more", { "other.ts": "more\n" });
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
    h.revert("main~1");
    assert.equal(await h.verdict(), "open, 1");
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(keysOf(h), [head, head, head]);
  });

  it("follows a target that was set back, and one that merged the branch", async () => {
    const h = new History();
    h.on("feature", "feat: csv", csv);
    h.squash("feature", "feat: CSV (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
    h.repo.git("checkout", "-q", "--detach");
    h.repo.git("branch", "-f", "main", "main~1");
    assert.equal(await h.verdict(), "open, 1");
    h.on("main", "chore: other", { "other.ts": "other\n" });
    h.merge("feature", "Merge branch 'feature'");
    assert.equal(await h.verdict(), "landed by ancestor as Merge branch 'feature'");
  });
});
