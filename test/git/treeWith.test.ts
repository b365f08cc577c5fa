import assert from "node:assert/strict";
import { readFolders } from "../../src/git/folders";
import type { TreeEntry } from "../../src/git/rawChanges";
import { openRepo } from "../../src/git/repo";
import { withScratch } from "../../src/git/scratch";
import { treeWith } from "../../src/git/treeWith";
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
  const [head, tree] = repo.git("rev-parse", "HEAD", "HEAD^{tree}").split("\n");
  return { repo, opened: opened.value, blob, head: head ?? "", tree: tree ?? "" };
}

describe("git: a tree's id after some writes", () => {
  const bytes = (path: string) => Buffer.from(path).toString("latin1");
  const all = ["", "a.b", "dir", "dir/in", bytes("ü")];
  for (const hash of ["sha1", "sha256"] as const) {
    it(`is the one that git gives it, with ${hash}`, async () => {
      const { repo, opened, blob, head, tree } = await makeRepo(hash);
      const folders = await withScratch(opened, head, (scratch) => readFolders(scratch, head, all));
      assert.equal(treeWith(folders, new Map(), hash), tree);
      const written: TreeEntry = { mode: "100755", oid: blob };
      const cases: Record<string, TreeEntry | null>[] = [
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
        const given = treeWith(folders, new Map(Object.entries(writes)), hash);
        assert.equal(given, repo.git("write-tree"), JSON.stringify(writes));
      }
    });
  }

  it("is not told where a folder was not read", async () => {
    const { opened, blob, head } = await makeRepo("sha1");
    const folders = await withScratch(opened, head, (scratch) => readFolders(scratch, head, ["", "dir"]));
    const written = { mode: "100644", oid: blob };
    assert.equal(treeWith(folders, new Map([["dir/in/two", written]]), "sha1"), null);
    assert.notEqual(treeWith(folders, new Map([["dir/one", written]]), "sha1"), null);
    assert.equal(treeWith(new Map(), new Map(), "sha1"), null);
  });
});
