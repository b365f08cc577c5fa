import assert from "node:assert/strict";
import { readLandedPaths, readLandedPathsBetween } from "../../src/git/landedPaths";
import { openRepo, type Repo } from "../../src/git/repo";
import { onGitCall } from "../../src/git/trace";
import { TestRepo } from "../kit/repo";

describe("git/landedPaths", () => {
  it("reads what each commit did against its first parent, and never twice", async () => {
    const test = TestRepo.init();
    const first = test.commit("first", { "a.txt": "a\n" });
    test.git("switch", "-q", "-c", "other");
    test.commit("other", { "b.txt": "b\n", "a.txt": "other\n" });
    test.git("switch", "-q", "main");
    const second = test.commit("second", { "c.txt": "c\n" });
    test.git("merge", "-q", "--no-ff", "-m", "merge", "other");
    const merge = test.git("rev-parse", "HEAD");
    const repo = await open(test.dir);
    const told = (found: Awaited<ReturnType<typeof readLandedPaths>>) =>
      Object.fromEntries([...found].map(([oid, changes]) => [oid, changes.map(({ path }) => path)]));
    const between = await readLandedPathsBetween(repo, merge, first);
    assert.deepEqual(told(between), { [merge]: ["a.txt", "b.txt"], [second]: ["c.txt"] });
    const calls: string[] = [];
    const listening = onGitCall(({ args }) => void calls.push(args.join(" ")));
    const expected = { [merge]: ["a.txt", "b.txt"], [first]: ["a.txt"] };
    assert.deepEqual(told(await readLandedPaths(repo, [merge, first])), expected);
    assert.equal(calls.length, 1);
    assert.deepEqual(await readLandedPaths(repo, [merge]), new Map([[merge, between.get(merge)]]));
    assert.equal(calls.length, 1);
    listening.dispose();
  });

  it("asks again about where a shallow history ended", async () => {
    const origin = TestRepo.init();
    origin.commit("first", { "a.txt": "a\n" });
    const second = origin.commit("second", { "b.txt": "b\n" });
    const dir = `${origin.dir}-shallow`;
    origin.git("clone", "-q", "--depth=1", `file://${origin.dir}`, dir);
    const repo = await open(dir);
    const paths = async () => (await readLandedPaths(repo, [second])).get(second)?.map(({ path }) => path);
    assert.deepEqual(await paths(), ["a.txt", "b.txt"]);
    TestRepo.at(dir).git("fetch", "-q", "--unshallow");
    assert.deepEqual(await paths(), ["b.txt"]);
  });

  it("forgets the oldest where it is too much", async () => {
    const test = TestRepo.init();
    const files = (text: string) =>
      Object.fromEntries(Array.from({ length: 1_900 }, (_, i) => [`f${i}.txt`, `${text}\n`]));
    test.commit("first", files("first"));
    const commits = Array.from({ length: 12 }, (_, i) => test.commit(`${i}`, files(`${i}`)));
    const repo = await open(test.dir);
    await readLandedPaths(repo, commits.slice(0, 6));
    await readLandedPaths(repo, commits.slice(6));
    let calls = 0;
    const listening = onGitCall(() => calls++);
    await readLandedPaths(repo, commits.slice(-9));
    assert.equal(calls, 0);
    await readLandedPaths(repo, commits.slice(0, 1));
    assert.equal(calls, 1);
    listening.dispose();
  });
});

async function open(dir: string): Promise<Repo> {
  const opened = await openRepo(dir);
  assert.ok(opened.ok);
  return opened.value;
}
