import assert from "node:assert/strict";
import { readFolders } from "../../src/git/folders";
import { givesTree } from "../../src/git/givesTree";
import type { TreeEntry } from "../../src/git/rawChanges";
import { openRepo } from "../../src/git/repo";
import { withScratch } from "../../src/git/scratch";
import { TestRepo } from "../kit/repo";

type Hash = "sha1" | "sha256";

async function makeRepo(hash: Hash) {
  const repo = TestRepo.init(undefined, `--object-format=${hash}`);
  const files = {
    a: "1\n",
    "a.b/c": "2\n",
    "a-b": "3\n",
    "dir/one": "4\n",
    "dir/in/two": "5\n",
    "ü/x": "6\n",
  };
  repo.commit("first", files);
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  repo.write({ new: "new\n" });
  const blob = repo.git("hash-object", "-w", "new");
  return { repo, opened: opened.value, blob, head: repo.git("rev-parse", "HEAD") };
}

describe("git: whether some writes give a tree", () => {
  const bytes = (path: string) => Buffer.from(path).toString("latin1");
  const all = ["", "a.b", "dir", "dir/in", bytes("ü")];
  for (const hash of ["sha1", "sha256"] as const) {
    it(`is told of the one that git makes, and of no other, with ${hash}`, async () => {
      const { repo, opened, blob, head } = await makeRepo(hash);
      const read = (of: string) =>
        withScratch(opened, head, (scratch) =>
          readFolders(scratch, of, [...all, "new", "new/folder", "a", "a/now"]),
        );
      const folders = await read(head);
      const written: TreeEntry = { mode: "100755", oid: blob };
      const trees: string[] = [];
      const cases: Record<string, TreeEntry | null>[] = [
        {},
        { a: written, "dir/in/two": written, [bytes("ü/x")]: written },
        { "new/folder/file": written, "dir/z": written, a0: written },
        { "dir/in/two": null },
        { "dir/in/two": null, "dir/one": null, "a.b/c": null },
        { a: null, "a/now/a": written },
        { "dir/in/two": null, "dir/in": written },
      ];
      for (const writes of cases) {
        repo.git("read-tree", "HEAD");
        // Removals first: a file may stand where a folder was.
        const lines = Object.entries(writes).sort(([, one], [, other]) => Number(!!one) - Number(!!other));
        for (const [path, entry] of lines) {
          const name = Buffer.from(path, "latin1").toString();
          if (entry) repo.git("update-index", "--add", "--cacheinfo", `${entry.mode},${entry.oid},${name}`);
          else repo.git("rm", "-q", "--cached", "--", name);
        }
        trees.push(repo.git("write-tree"));
      }
      const made = await Promise.all(trees.map(read));
      for (const [i, writes] of cases.entries())
        for (const [j, other] of made.entries()) {
          const gives = givesTree(folders, new Map(Object.entries(writes)), other);
          assert.equal(gives, i === j, `${JSON.stringify(writes)} gives ${trees[j]}`);
        }
    });
  }

  it("is told of a last entry that has become a folder, which is a byte shorter", async () => {
    const repo = TestRepo.init();
    const before = repo.commit("file", { a: "1\n", z: "2\n" });
    repo.git("rm", "-q", "z");
    const after = repo.commit("folder", { "z/x": "3\n" });
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const read = (of: string) =>
      withScratch(opened.value, of, (scratch) => readFolders(scratch, of, ["", "z"]));
    const [folders, made] = [await read(before), await read(after)];
    assert.ok(!givesTree(folders, new Map(), made));
    assert.ok(!givesTree(made, new Map(), folders));
  });

  it("is not told where a folder was not read", async () => {
    const { repo, opened, head } = await makeRepo("sha1");
    const read = (...names: string[]) =>
      withScratch(opened, head, (scratch) => readFolders(scratch, head, names));
    const [folders, made] = [await read("", "dir"), await read(...all)];
    const same = repo.git("rev-parse", "HEAD:dir/in/two", "HEAD:dir/one").split("\n");
    const [two, one] = same.map((oid) => ({ mode: "100644", oid }));
    assert.ok(one && two);
    assert.ok(givesTree(folders, new Map([["dir/one", one]]), made));
    assert.ok(!givesTree(folders, new Map([["dir/in/two", two]]), made));
    assert.ok(!givesTree(made, new Map([["dir/in/two", two]]), folders));
    assert.ok(!givesTree(new Map(), new Map(), made));
    assert.ok(!givesTree(made, new Map(), new Map()));
  });
});
