import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { parseUnheld, readReflogOnly } from "../../src/git/reflogOnly";
import { openRepo } from "../../src/git/repo";
import { TestRepo } from "../kit/repo";

describe("git/reflogOnly", () => {
  it("takes for tips what no other commit has in its history", () => {
    assert.deepEqual(parseUnheld("c b\nb a\na x\nd a y\n"), { tips: ["c", "d"], count: 4 });
    assert.deepEqual(parseUnheld(""), { tips: [], count: 0 });
  });

  it("passes over what is in a ref or in the head, and what git has deleted already", async () => {
    const main = TestRepo.withOrigin().repo;
    const opened = await openRepo(main.dir);
    assert.ok(opened.ok);
    const tree = main.at(`${main.dir}.tree`);
    main.git("worktree", "add", "-q", "-b", "work", tree.dir);
    const adminDir = tree.git("rev-parse", "--absolute-git-dir");
    const gone = tree.commit("gone", { "gone.ts": "1" });
    tree.git("reset", "-q", "--hard", "HEAD~1");
    const object = `${main.dir}/.git/objects/${gone.slice(0, 2)}/${gone.slice(2)}`;
    rmSync(object);
    const held = tree.commit("held", { "held.ts": "1" });
    main.git("tag", "keep", held);
    tree.git("reset", "-q", "--hard", "HEAD~1");
    const only = tree.commit("only", { "only.ts": "1" });
    tree.git("commit", "-q", "--amend", "-m", "again");
    const head = tree.git("rev-parse", "HEAD");
    assert.deepEqual(await readReflogOnly(opened.value, adminDir, "work", head), { tips: [only], count: 1 });
  });
});
