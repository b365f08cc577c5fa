import assert from "node:assert/strict";
import { execFile as execFileCallback } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { openCache } from "../../src/store/cache";
import { tempDir } from "../kit/repo";

const execFile = promisify(execFileCallback);
const child = path.join(__dirname, "cacheChild.ts");

/** What a process sees that opens the cache afresh, over the given keys; `value` is set under each of them first. */
async function elsewhere(
  dir: string,
  version: number,
  keys: readonly string[],
  value?: unknown,
): Promise<unknown[]> {
  const args = [
    dir,
    String(version),
    JSON.stringify(keys),
    ...(value === undefined ? [] : [JSON.stringify(value)]),
  ];
  const { stdout } = await execFile(process.execPath, ["--import", "tsx", child, ...args]);
  return JSON.parse(stdout) as unknown[];
}

const fileOf = (dir: string): string => path.join(dir, "agent-foreman", "cache", "facts.1.jsonl");

describe("store/cache", () => {
  it("gives back what was set, here and in another process, and only for the same version", async () => {
    const dir = tempDir();
    const cache = openCache(dir, "facts", 1);
    cache.set("a b", { list: [1, null, "ü\n"] });
    cache.set("a b", { list: [2] });
    assert.deepEqual(cache.get("a b"), { list: [2] });
    assert.equal(cache.get("a"), undefined);
    await cache.flush();
    assert.deepEqual(await elsewhere(dir, 1, ["a b", "a"]), [{ list: [2] }, null]);
    assert.deepEqual(await elsewhere(dir, 2, ["a b"]), [null]);
  });

  it("sees what another process added since, and what it rewrote", async () => {
    const dir = tempDir();
    openCache(dir, "facts", 1).set("mine", 1);
    await openCache(dir, "facts", 1).flush();
    await elsewhere(dir, 1, ["theirs"], 2);
    assert.equal(openCache(dir, "facts", 1).get("theirs"), 2);
    assert.equal(openCache(dir, "facts", 1).get("mine"), 1);
  });

  it("never gives back a torn, changed or foreign entry", async () => {
    const dir = tempDir();
    const cache = openCache(dir, "facts", 1);
    for (const key of ["kept", "changed", "torn"]) cache.set(key, { key });
    await cache.flush();
    const text = readFileSync(fileOf(dir), "utf8");
    writeFileSync(fileOf(dir), text.replace('{"key":"changed"}', '{"key":"chanced"}').slice(0, -6));
    assert.deepEqual(await elsewhere(dir, 1, ["kept", "changed", "torn"]), [{ key: "kept" }, null, null]);
    appendFileSync(fileOf(dir), "\u0000\u0001garbage\tmore\n0123456789abcdef foreign\t{}\n");
    assert.deepEqual(await elsewhere(dir, 1, ["foreign", "late"], 7), [7, 7]);
    assert.deepEqual(await elsewhere(dir, 1, ["kept", "late"]), [{ key: "kept" }, 7]);
  });

  it("stays within its size, the oldest entries going first", async () => {
    const dir = tempDir();
    const cache = openCache(dir, "facts", 1, 10_000);
    for (let i = 0; i < 200; i++) {
      cache.set(`key ${i}`, "x".repeat(100));
      await cache.flush();
    }
    assert.ok(statSync(fileOf(dir)).size <= 10_000);
    assert.equal(cache.get("key 0"), undefined);
    assert.deepEqual(await elsewhere(dir, 1, ["key 0", "key 199"]), [null, "x".repeat(100)]);
  });

  it("loses nothing of four processes that write at once", async () => {
    const dir = tempDir();
    const names = ["w", "x", "y", "z"];
    const keys = (name: string): string[] => Array.from({ length: 100 }, (_, i) => `${name} ${i}`);
    await Promise.all(names.map((name) => elsewhere(dir, 1, keys(name), name)));
    assert.deepEqual(
      await elsewhere(dir, 1, names.flatMap(keys)),
      names.flatMap((name) => keys(name).map(() => name)),
    );
  });

  it("works for one process where nothing can be written", async () => {
    const dir = tempDir();
    mkdirSync(dir, { recursive: true });
    // A file where the folder should be stops even a process that may write anywhere.
    writeFileSync(path.join(dir, "agent-foreman"), "");
    chmodSync(path.join(dir, "agent-foreman"), 0o400);
    const cache = openCache(dir, "facts", 1);
    cache.set("key", 1);
    await cache.flush();
    assert.equal(cache.get("key"), 1);
    assert.deepEqual(readdirSync(dir), ["agent-foreman"]);
  });
});
