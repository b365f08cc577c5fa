import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { openRepo, type Repo } from "../../src/git/repo";
import { placeName, withScratch } from "../../src/git/scratch";
import { TestRepo, tempDir } from "../kit/repo";

async function open(dir: string): Promise<Repo> {
  const opened = await openRepo(dir);
  assert.ok(opened.ok);
  return opened.value;
}

describe("packed objects of our own", () => {
  it("are what git reads: many at one time, few, and the same ones again", async () => {
    const repo = TestRepo.init();
    repo.commit("start", { "a.txt": "a\n" });
    const [head, tree] = [repo.git("rev-parse", "HEAD"), repo.git("rev-parse", "HEAD^{tree}")];
    const blob = repo.git("rev-parse", "HEAD:a.txt");
    await withScratch(await open(repo.dir), head, async (scratch) => {
      const { dir } = await scratch.open();
      const git = (...args: string[]) => execFileSync("git", args, { cwd: dir, encoding: "utf8" }).trim();
      const first = await scratch.commit(tree, []);
      assert.equal(await scratch.commit(tree, []), first);
      const many = await Promise.all(
        Array.from({ length: 300 }, (_, i) => scratch.commit(tree, i % 2 ? [first] : [first, head])),
      );
      assert.equal(new Set(many).size, 2);
      // Longer than a block of zlib's.
      const large = await scratch.tree(new Array(3_000).fill(blob));
      assert.equal(git("ls-tree", large).split("\n").length, 3_000);
      assert.equal(git("rev-parse", `${large}:${placeName(2_999)}`), blob);
      assert.equal(await scratch.tree([]), git("hash-object", "-t", "tree", "/dev/null"));
      const chain = [first];
      for (let i = 0; i < 20; i++) chain.push(await scratch.commit(large, chain.slice(-1)));
      assert.equal(git("rev-list", "--count", chain.at(-1) ?? ""), "21");
      assert.equal(
        git("fsck", "--strict", "--no-dangling", "--no-progress", ...many, ...chain.slice(-1)),
        "",
      );
    });
  });

  it("have the ids that a repo of the other hash wants", async () => {
    const source = tempDir();
    const git = (args: string[], input = "") =>
      execFileSync("git", args, { cwd: source, encoding: "utf8", input }).trim();
    git(["init", "-q", "--object-format=sha256"]);
    const tree = git(["mktree"]);
    const head = git(["-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", tree], "start");
    await withScratch(await open(source), head, async (scratch) => {
      const { dir } = await scratch.open();
      const made = await scratch.commit(tree, [head]);
      const inside = (...args: string[]) => execFileSync("git", args, { cwd: dir, encoding: "utf8" }).trim();
      assert.equal(inside("rev-parse", `${made}^`), head);
    });
  });
});
