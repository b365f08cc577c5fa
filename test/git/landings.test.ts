import assert from "node:assert/strict";
import { readLandedChanges, readLandings } from "../../src/git/landings";
import { openRepo } from "../../src/git/repo";
import { TestRepo } from "../kit/repo";

describe("git/landings", () => {
  const repo = TestRepo.init();
  repo.commit("start", { "a.txt": "one\n", "b.txt": "b\n" });
  repo.commit("feat: \x01 \x02 diff --git a/x b/x", { "a.txt": "one\ntwo\n", "c.txt": "c\n" });
  repo.git("switch", "-q", "-c", "side");
  repo.commit("side", { "new\nline.txt": "x\n", "a.txt": "zero\none\ntwo\n" });
  repo.git("switch", "-q", "main");
  repo.git("merge", "-q", "--no-ff", "-m", "Merge pull request #7 from x/side", "side");
  repo.commit("docs: else", { "b.txt": "bb\n" });

  async function changes(without: string, ...paths: string[]) {
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const query = { tip: repo.git("rev-parse", "main"), without, paths };
    const [asked, promised] = await Promise.all([
      readLandedChanges(opened.value, query),
      readLandedChanges(opened.value, Promise.resolve(query)),
    ]);
    assert.deepEqual(promised, asked);
    return asked.map(({ subject, parents, patches }) => [
      ...[subject, parents.length],
      ...patches.map(({ status, newPath, hunks }) => [status, newPath, hunks.flatMap(({ added }) => added)]),
    ]);
  }

  it("gives what each landing did to the paths, a merge as one, whatever subjects and paths look like", async () => {
    assert.deepEqual(await changes("main~40", "a.txt", "new\nline.txt"), [
      [
        ...["Merge pull request #7 from x/side", 2],
        ["changed", "a.txt", ["zero"]],
        ["added", "new\nline.txt", ["x"]],
      ],
      ["feat: \x01 \x02 diff --git a/x b/x", 1, ["changed", "a.txt", ["two"]]],
      ["start", 0, ["added", "a.txt", ["one"]]],
    ]);
    assert.deepEqual(await changes("main~2", "a.txt"), [
      ["Merge pull request #7 from x/side", 2, ["changed", "a.txt", ["zero"]]],
    ]);
    assert.deepEqual(await changes("main~40", "*.txt"), []);
  });

  it("lists landings without their changes", async () => {
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const landings = await readLandings(opened.value, repo.git("rev-parse", "main"), 2);
    assert.deepEqual(
      landings.map(({ subject, patches }: { subject: string; patches?: unknown }) => [subject, patches]),
      [
        ["docs: else", []],
        ["Merge pull request #7 from x/side", []],
      ],
    );
  });
});
