import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LockBusyError, withLock } from "../../src/store/lock";
import { thisProcess } from "../../src/store/process";
import { tempDir } from "../kit/repo";

function child(...args: string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", path.join(__dirname, "lockChild.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function planted(commonDir: string, text: string, n = 1): string {
  const file = path.join(commonDir, "agent-foreman", `lock.${n}`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const someone = { ...thisProcess, token: "t", what: "removing agent/x", since: "2026-01-01T00:00:00.000Z" };
const held = (who: object) => `held ${JSON.stringify({ ...someone, ...who })}\n`;
const busy = { waitMs: 30 };

describe("store/lock", () => {
  it("lets one in at a time, across processes and calls", async () => {
    const dir = tempDir();
    const file = path.join(dir, "count");
    writeFileSync(file, "0");
    const codes = await Promise.all(
      [1, 2, 3, 4].map(async () => (await once(child("count", dir, file, "25"), "exit"))[0]),
    );
    assert.deepEqual(codes, [0, 0, 0, 0]);
    assert.equal(readFileSync(file, "utf8"), "100");
    const left = readdirSync(path.join(dir, "agent-foreman"));
    assert.deepEqual(left.sort(), ["lock.100", "lock.96", "lock.97", "lock.98", "lock.99"]);
  });

  it("is taken over at once from many who were killed, by exactly one each time", async () => {
    const dir = tempDir();
    for (let round = 0; round < 3; round++) {
      const holder = child("hold", dir);
      if (holder.stdout) await once(holder.stdout, "data");
      await assert.rejects(
        withLock(dir, "mine", async () => {}, busy),
        (error) => error instanceof LockBusyError && /process \d+ on .*: holding on\.$/.test(error.message),
      );
      holder.kill("SIGKILL");
      await once(holder, "exit");
      let inside = 0;
      await Promise.all(
        [1, 2, 3].map(() =>
          withLock(
            dir,
            "mine",
            async () => {
              assert.equal(++inside, 1);
              await new Promise((resolve) => setTimeout(resolve, 2));
              inside--;
            },
            { waitMs: 5_000 },
          ),
        ),
      );
    }
  });

  const elsewhere = { host: "another machine" };
  // As systems that do not tell when a process began have it; its number is now that of a living stranger.
  const parent = { pid: process.ppid, startedAt: null };
  const cases: [string, string, number, "free" | "busy"][] = [
    ["of a live process", held({}), 0, "busy"],
    ["of a live process, long not renewed", held({}), 3600, "busy"],
    ["of a process id used again", held({ startedAt: "other" }), 0, "free"],
    ["whose process may be another now, renewed lately", held(parent), 30, "busy"],
    ["whose process may be another now, silent", held(parent), 90, "free"],
    ["of a process that is no more", held({ pid: 2 ** 22 + 1 }), 0, "free"],
    ["of another machine, renewed lately", held(elsewhere), 30, "busy"],
    ["of another machine, silent", held(elsewhere), 90, "free"],
    ["that is garbage, new", "gar\0bage", 0, "busy"],
    ["that is garbage, old", "gar\0bage", 90, "free"],
    ["that is released", held({}).replace("held", "free"), 0, "free"],
  ];
  for (const [name, text, age, expected] of cases) {
    it(`finds a lock ${name} ${expected}`, async () => {
      const dir = tempDir();
      const file = planted(dir, text);
      const then = Date.now() / 1000 - age;
      utimesSync(file, then, then);
      const taken = withLock(dir, "mine", async () => "free", busy).catch((error) =>
        error instanceof LockBusyError ? "busy" : error,
      );
      assert.equal(await taken, expected);
    });
  }

  it("passes over file names that are no numbers of ours", async () => {
    const dir = tempDir();
    planted(dir, held({}));
    for (const name of ["lock.007", "lock.99999999999999999999", "lock.x", "lock.", "lock.2.tmp"])
      writeFileSync(path.join(dir, "agent-foreman", name), held({}));
    await assert.rejects(
      withLock(dir, "mine", async () => {}, busy),
      LockBusyError,
    );
    planted(dir, held({}).replace("held", "free"), 2);
    assert.equal(await withLock(dir, "mine", async () => 3, busy), 3);
  });

  it("is released when the action throws", async () => {
    const dir = tempDir();
    await assert.rejects(
      withLock(dir, "mine", () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await withLock(dir, "mine", async () => 1, busy), 1);
  });

  it("stops waiting when asked, in the queue and at the file", async () => {
    const dir = tempDir();
    const file = planted(dir, held({}));
    const stop = new AbortController();
    const reason = new Error("changed my mind");
    const first = withLock(dir, "mine", async () => 1, { signal: stop.signal });
    const second = withLock(dir, "mine", async () => 2, { signal: stop.signal });
    const third = withLock(dir, "mine", async () => 3);
    setTimeout(() => stop.abort(reason), 20);
    await assert.rejects(first, reason);
    await assert.rejects(second, reason);
    writeFileSync(file, held({}).replace("held", "free"));
    assert.equal(await third, 3);
  });
});
