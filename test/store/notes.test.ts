import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { readText, sweepTemporaries, temporaryBeside, writeAtomic } from "../../src/store/atomic";
import { appendLine, readLines } from "../../src/store/log";
import { abandoned, advance, begin, finish, pendingDir } from "../../src/store/pending";
import { operationVariable, processesOf, thisProcess, thisSession } from "../../src/store/process";
import { tempDir } from "../kit/repo";

const deadPid = spawnSync(process.execPath, ["-e", ""]).pid;

describe("store/atomic", () => {
  it("replaces the whole text and leaves nothing beside it", async () => {
    const dir = path.join(tempDir(), "new", "folder");
    const file = path.join(dir, "note");
    assert.equal(await readText(file), null);
    await writeAtomic(file, "a long first text");
    await Promise.all(["one", "two", "three"].map((text) => writeAtomic(file, text)));
    assert.match((await readText(file)) ?? "", /^(one|two|three)$/);
    assert.deepEqual(readdirSync(dir), ["note"]);
  });

  it("leaves the old text and no draft when it cannot write", async () => {
    const dir = tempDir();
    await assert.rejects(writeAtomic(dir, "text"));
    assert.deepEqual(
      readdirSync(path.dirname(dir)).filter((name) => name.startsWith(`.${path.basename(dir)}`)),
      [],
    );
  });

  it("sweeps the drafts of dead processes only", async () => {
    const dir = tempDir();
    const mine = path.basename(temporaryBeside(path.join(dir, "note")));
    const dead = mine.replace(`.${process.pid}-`, `.${deadPid}-`);
    const elsewhere = dead.replace(/-[0-9a-f]{8}/, "-00000000");
    for (const name of [mine, dead, elsewhere, "note.tmp", ".other.tmp"])
      writeFileSync(path.join(dir, name), "");
    await sweepTemporaries(dir);
    assert.deepEqual(readdirSync(dir).sort(), [mine, elsewhere, ".other.tmp", "note.tmp"].sort());
    await sweepTemporaries(path.join(dir, "absent"));
  });
});

describe("store/log", () => {
  const schema = v.object({ n: v.number() });

  it("reads back what was appended, in order", async () => {
    const file = path.join(tempDir(), "notes", "log.jsonl");
    assert.deepEqual(await readLines(file, schema), []);
    await appendLine(file, { n: 1 });
    await appendLine(file, { n: 2, text: "line\nbreak" });
    assert.deepEqual(await readLines(file, schema), [{ n: 1 }, { n: 2 }]);
  });

  it("passes over torn and foreign lines, and does not add to them", async () => {
    const file = path.join(tempDir(), "log.jsonl");
    await appendLine(file, { n: 1 });
    appendFileSync(file, '{"n":"two"}\n\n[]\nnull\n{"n":3');
    await appendLine(file, { n: 4 });
    assert.deepEqual(await readLines(file, schema), [{ n: 1 }, { n: 4 }]);
  });
});

describe("store/pending", () => {
  it("notes an operation, its steps and its end", async () => {
    const dir = tempDir();
    const pending = await begin(dir, "new", { branch: "agent/x", step: 1 });
    const file = path.join(pendingDir(dir), `${pending.id}.json`);
    const read = () => JSON.parse(readFileSync(file, "utf8"));
    const fields = { op: "new", branch: "agent/x", step: 1 };
    assert.deepEqual(read(), { ...thisProcess, session: thisSession, id: pending.id, ...fields });
    await advance(dir, pending, { step: 2 });
    assert.equal(read().step, 2);
    assert.deepEqual(await abandoned(dir), []);
    await finish(dir, pending.id);
    await finish(dir, pending.id);
    assert.deepEqual(readdirSync(pendingDir(dir)), []);
  });

  it("finds those whose process is gone or has given up", async () => {
    const dir = tempDir();
    assert.deepEqual(await abandoned(dir), []);
    const plant = (name: string, fields: object) => {
      const file = path.join(pendingDir(dir), name);
      writeFileSync(file, JSON.stringify({ ...thisProcess, id: name.slice(0, -5), op: "new", ...fields }));
      return file;
    };
    await begin(dir, "new", {}, "1-mine");
    plant("2-dead.json", { pid: deadPid, path: "/x" });
    plant("3-reused.json", { startedAt: "other" });
    plant("4-given-up.json", { givenUp: true });
    plant("5-elsewhere.json", { host: "another machine" });
    const silent = plant("6-silent.json", { host: "another machine" });
    utimesSync(silent, Date.now() / 1000 - 90, Date.now() / 1000 - 90);
    const recycled = plant("6-stranger.json", { pid: process.ppid, startedAt: null });
    utimesSync(recycled, Date.now() / 1000 - 90, Date.now() / 1000 - 90);
    plant("6-young.json", { pid: process.ppid, startedAt: null });
    plant("7-other-name.json", { pid: deadPid, id: "../../7" });
    plant("8-no-pid.json", { pid: "1" });
    writeFileSync(path.join(pendingDir(dir), "9-torn.json"), '{"pid":');
    assert.deepEqual(
      (await abandoned(dir)).map((pending) => pending.id),
      ["2-dead", "3-reused", "4-given-up", "6-silent", "6-stranger"],
    );
  });
});

describe("store/pending, while the operation runs", () => {
  it("keeps the note young until it ends", async () => {
    const dir = tempDir();
    const { id } = await begin(dir, "new", {});
    const file = path.join(pendingDir(dir), `${id}.json`);
    utimesSync(file, 1, 1);
    while (statSync(file).mtimeMs === 1_000) await sleep(50);
    await finish(dir, id);
    assert.deepEqual(readdirSync(pendingDir(dir)), []);
  });
});

describe("store/process", () => {
  it("finds what an operation started, but not its daemons", async () => {
    const start = (id: string, detached: boolean) =>
      spawn("sleep", ["60"], { env: { ...process.env, [operationVariable]: id }, detached });
    const running = [start("op-1", false), start("op-1", true), start("op-12", false)];
    try {
      const expected = process.platform === "linux" ? [running[0]?.pid] : null;
      assert.deepEqual(await processesOf("op-1", thisSession), expected);
    } finally {
      for (const child of running) child.kill("SIGKILL");
    }
  });
});
