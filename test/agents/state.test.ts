import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import path from "node:path";
import { beginRun, noteProcess, noteWord, runsIn } from "../../src/agents/runs";
import { Sessions } from "../../src/agents/sessions";
import { type Listed, type Presence, runOf, stateAfter } from "../../src/agents/state";
import { noteRun, type RunNotes, readRuns } from "../../src/store/agentRuns";
import { thisProcess } from "../../src/store/process";
import { runFileName } from "../../src/store/runFile";
import { tempDir } from "../kit/repo";

describe("what an agent does", () => {
  const started: RunNotes = {
    id: "1",
    started: { event: "started", at: "2026-01-01T10:00:00.500Z", agent: "claude", path: "/desk" },
    process: { pid: 7, host: "here", startedAt: "9" },
    spokenBy: null,
    last: null,
  };
  const spoken = (hook: string): RunNotes => ({
    ...started,
    last: { event: "hook", at: "2026-01-01T10:00:05Z", hook },
  });
  const state = (notes: RunNotes, presence: Presence = "alive", listed: Listed | null = null) =>
    runOf(notes, presence, listed)?.state;

  it("follows from its last word", () => {
    const words = [
      "SessionStart",
      "UserPromptSubmit",
      "PreToolUse",
      "PermissionRequest",
      "PostToolUse",
      "Stop",
    ];
    assert.deepEqual(
      words.map((word) => state(spoken(word))),
      ["idle", "working", "working", "waiting", "working", "idle"],
    );
    assert.equal(state(spoken("SessionEnd")), "gone");
    assert.equal(state(started), "unknown", "it runs, and has said nothing");
    assert.equal(stateAfter("constructor"), "unknown", "nothing that it may be called is taken for a state");
  });

  it("is nothing but what its process allows", () => {
    assert.equal(state(spoken("PermissionRequest"), "dead"), "gone");
    assert.equal(state(spoken("PermissionRequest"), "elsewhere"), "unknown");
    assert.equal(state({ ...started, last: { event: "ended", at: "2026-01-01T10:00:05Z" } }), "gone");
  });

  it("is what its own list says where that is younger than its last word", () => {
    const listed = (at: string): Listed => ({ state: "idle", at });
    assert.equal(state(spoken("PreToolUse"), "alive", listed("2026-01-01T10:00:06.100Z")), "idle");
    assert.equal(state(spoken("PreToolUse"), "alive", listed("2026-01-01T10:00:05.900Z")), "working");
    assert.equal(state(spoken("PreToolUse"), "dead", listed("2026-01-01T10:00:09Z")), "gone");
  });

  it("is not told after a person cleared it, until there is news", () => {
    const cleared: RunNotes = { ...started, last: { event: "cleared", at: "2026-01-01T10:00:05Z" } };
    assert.equal(runOf(cleared, "alive", null), null);
    assert.equal(runOf(cleared, "dead", null), null);
    assert.equal(state(cleared, "alive", { state: "waiting", at: "2026-01-01T10:00:06Z" }), "waiting");
  });

  it("takes of its list only what it knows", () => {
    const sessions = Sessions.parse(
      '[{"pid":7,"status":"waiting","waitingFor":"permission prompt"},{"pid":8,"status":"new word"},{"status":"busy"}]',
      "2026-01-01T10:00:09Z",
    );
    assert.deepEqual(sessions?.of(started), { state: "waiting", at: "2026-01-01T10:00:09Z" });
    assert.equal(sessions?.of({ ...started, process: null, spokenBy: 8 })?.state, "unknown");
    assert.equal(sessions?.of({ ...started, process: null }), null);
    for (const bad of ["", "null", "{}", "<html>", '[{"pid":"7"}]'])
      assert.equal(Sessions.parse(bad, ""), null);
  });
});

describe("the notes of agents' runs", () => {
  const at = "2026-01-01T10:00:05Z";
  const desk = { path: "/desk", since: null };

  it("name the run that a person has to look at first, of each worktree", async () => {
    const dir = tempDir();
    const other = { path: "/other", since: null };
    const [one, two, three] = [
      await beginRun(dir, "claude", "/desk"),
      await beginRun(dir, "codex", "/desk"),
      await beginRun(dir, "gemini", "/other"),
    ];
    for (const id of [one, two, three]) await noteProcess(dir, id, process.pid);
    await noteRun(dir, one, { event: "hook", at, hook: "PermissionRequest", pid: 1 });
    await noteRun(dir, two, { event: "hook", at, hook: "Stop" });
    const found = await runsIn(dir, [desk, other], Sessions.none);
    assert.deepEqual([...found].map(([place, run]) => [place, run.agent, run.state, run.pid]).sort(), [
      ["/desk", "claude", "waiting", process.pid],
      ["/other", "gemini", "unknown", process.pid],
    ]);
  });

  it("take a process of the same id for another one when it began at another time", async () => {
    const dir = tempDir();
    const id = await beginRun(dir, "claude", "/desk");
    const named = { ...thisProcess, startedAt: thisProcess.startedAt && "another time" };
    await noteRun(dir, id, { event: "process", at, ...named });
    const run = (await runsIn(dir, [desk], Sessions.none)).get("/desk");
    assert.equal(run?.state, thisProcess.startedAt === null ? "unknown" : "gone");
  });

  it("belong to the worktree that was there, not to a later one at its place", async () => {
    const dir = tempDir();
    await beginRun(dir, "claude", "/desk");
    const later = { path: "/desk", since: new Date(Date.now() + 1_000).toISOString() };
    assert.equal((await runsIn(dir, [later], Sessions.none)).size, 0);
    assert.equal((await runsIn(dir, [], Sessions.none)).size, 0);
  });

  it("go when their run is over and another one begins", async () => {
    const dir = tempDir();
    const first = await beginRun(dir, "claude", "/desk");
    await noteWord(dir, first, "ended");
    const second = await beginRun(dir, "claude", "/desk");
    assert.deepEqual(
      (await readRuns(dir)).map(({ id }) => id),
      [second],
    );
  });

  it("are read as far as they can be, however long, and whatever somebody wrote into them", async () => {
    const dir = tempDir();
    const id = await beginRun(dir, "claude", "/desk");
    await noteProcess(dir, id, process.pid);
    const file = path.join(dir, "agent-foreman", runFileName(id));
    const line = JSON.stringify({ event: "hook", at, hook: "PreToolUse" });
    appendFileSync(
      file,
      `${`${line}\n`.repeat(5_000)}{"event":"hook","at":"no time","hook":"Stop"}\n{torn\n`,
    );
    appendFileSync(path.join(dir, "agent-foreman", runFileName("empty")), "\n[]\n");
    assert.equal((await runsIn(dir, [desk], Sessions.none)).get("/desk")?.state, "working");
    await noteRun(dir, id, { event: "hook", at, hook: "PermissionRequest" });
    assert.equal((await runsIn(dir, [desk], Sessions.none)).get("/desk")?.state, "waiting");
  });
});
