import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readFolders } from "../../src/git/folders";
import { ObjectParser, ObjectReader } from "../../src/git/objectReader";
import { readBlobs } from "../../src/git/readBlobs";
import { openRepo, type Repo } from "../../src/git/repo";
import { withScratch } from "../../src/git/scratch";
import { onGitCall } from "../../src/git/trace";
import { TestRepo } from "../kit/repo";

describe("git/objectReader", () => {
  it("reads answers by their size and their names, however they are cut", async () => {
    const text = Buffer.from("a blob 3\n1 2\nc tree 0\n\nodd\nname\nmissing missing\nd blob 5000\n");
    const all = Buffer.concat([text, Buffer.alloc(5_000, "x"), Buffer.from("\ne blob 1\n\n\n")]);
    for (const size of [1, 2, 7, 64, 10_000]) {
      const parser = new ObjectParser();
      const told: unknown[] = [];
      const asked = (names: string[]) =>
        new Promise<void>((done, fail) => {
          const onObject = (place: number, object: unknown) => void told.push(names[place], object);
          parser.expect({ names, maxBytes: 100, onObject, done, fail, answered: 0 });
        });
      const both = Promise.all([asked(["a", "c", "odd\nname\nmissing"]), asked(["d", "e"])]);
      for (let at = 0; at < all.length; at += size) parser.take(all.subarray(at, at + size));
      await both;
      assert.deepEqual(told, [
        ...["a", { oid: "a", type: "blob", bytes: Buffer.from("1 2") }],
        ...["c", { oid: "c", type: "tree", bytes: Buffer.alloc(0) }],
        ...["odd\nname\nmissing", null],
        ...["d", { oid: "d", type: "blob", bytes: null }],
        ...["e", { oid: "e", type: "blob", bytes: Buffer.from("\n") }],
      ]);
    }
  });

  it("answers many questions at one time through one git, which goes with the scratch", async () => {
    const { test, repo, head } = await fixture();
    const calls: string[] = [];
    const listening = onGitCall(({ args }) => void calls.push(args.join(" ")));
    const oids = ["HEAD:a.txt", "HEAD:dir/b.txt"].map((name) => test.git("rev-parse", name));
    const dir = await withScratch(repo, head, async (scratch) => {
      const [folders, blobs, again] = await Promise.all([
        readFolders(scratch, head, ["", "dir", "nothing\nthere"]),
        readBlobs(scratch, [...oids, "0".repeat(40)], 1_000),
        readBlobs(scratch, oids, 3),
      ]);
      assert.deepEqual([...folders.keys()], ["", "dir"]);
      assert.deepEqual([...(folders.get("dir")?.names ?? [])], ["b.txt"]);
      assert.deepEqual(blobs.map(String), ["aaaa\n", "b\n", "null"]);
      assert.deepEqual(again.map(String), ["null", "b\n"]);
      // What is written meanwhile is found by the same git.
      const written = test.git("hash-object", "-w", "--", path.join(test.dir, "later.txt"));
      assert.equal(String((await readBlobs(scratch, [written], 1_000))[0]), "later\n");
      return (await scratch.open()).dir;
    });
    listening.dispose();
    assert.equal(calls.filter((args) => args.includes("cat-file")).length, 1);
    assert.ok(!existsSync(dir));
  });

  it("says that a file cannot be read where git stumbles over it, and goes on with another git", async () => {
    const { test, repo, head } = await fixture();
    const oid = test.git("rev-parse", "HEAD:a.txt");
    const file = path.join(test.dir, ".git", "objects", oid.slice(0, 2), oid.slice(2));
    rmSync(file);
    writeFileSync(file, "broken");
    const other = test.git("rev-parse", "HEAD:dir/b.txt");
    await withScratch(repo, head, async (scratch) => {
      assert.deepEqual(await readBlobs(scratch, [oid], 1_000), [null]);
      assert.equal(String((await readBlobs(scratch, [other], 1_000))[0]), "b\n");
    });
  });

  it("tells where git could not be started, and that it was ended", async () => {
    const missing = new ObjectReader(() => Promise.resolve(path.join(TestRepo.init().dir, "nowhere")));
    const asked = () => missing.read(["HEAD"], 1, () => undefined);
    await assert.rejects(asked, /cat-file/);
    await missing.end();
    const { repo } = await fixture();
    const reader = new ObjectReader(() => Promise.resolve(repo.commonDir));
    const reading = assert.rejects(() => reader.read(["HEAD"], 1_000, () => undefined));
    await reader.end();
    await reading;
    // Whoever still has something to ask starts no git that nobody would end.
    let calls = 0;
    const listening = onGitCall(() => calls++);
    await assert.rejects(() => reader.read(["HEAD"], 1_000, () => undefined), /cat-file/);
    await reader.end();
    listening.dispose();
    assert.equal(calls, 0);
  });

  it("stops waiting when it is told to, and others go on waiting", async () => {
    const { test, repo, head } = await fixture();
    const oid = test.git("rev-parse", "HEAD:a.txt");
    await withScratch(repo, head, async (scratch) => {
      const stop = new AbortController();
      const stopped = readBlobs(scratch, [oid], 1_000, { signal: stop.signal });
      const other = readBlobs(scratch, [oid], 1_000);
      stop.abort();
      assert.deepEqual(await stopped, [null]);
      assert.equal(String((await other)[0]), "aaaa\n");
      assert.deepEqual(await readBlobs(scratch, [oid], 1_000, { signal: stop.signal }), [null]);
      await assert.rejects(() => readFolders(scratch, head, [""], stop.signal), /cat-file/);
    });
  });
});

async function fixture(): Promise<{ test: TestRepo; repo: Repo; head: string }> {
  const test = TestRepo.init();
  const head = test.commit("first", { "a.txt": "aaaa\n", "dir/b.txt": "b\n" });
  test.write({ "later.txt": "later\n" });
  const opened = await openRepo(test.dir);
  assert.ok(opened.ok);
  return { test, repo: opened.value, head };
}
