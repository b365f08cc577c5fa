import assert from "node:assert/strict";
import path from "node:path";
import { beginRun, noteProcess, noteWord } from "../../src/agents/runs";
import { type Fleet, openFleet } from "../../src/fleet";
import { needsYou, usualLimit } from "../../src/fleet/needsYou";
import { noteRun } from "../../src/store/agentRuns";
import { cli, cliJson } from "../kit/cli";
import { TestRepo } from "../kit/repo";

describe("a fleet's agents", () => {
  const { repo } = TestRepo.withOrigin();
  const commonDir = path.join(repo.dir, ".git");
  repo.git("worktree", "add", "-q", "-b", "agent/one", "../one", "main");
  repo.git("worktree", "add", "-q", "-b", "agent/two", "../two", "main");
  const one = path.resolve(repo.dir, "../one");
  let fleet: Fleet;
  let id: string;

  before(async () => {
    const opened = await openFleet(repo.dir);
    assert.ok(opened.ok);
    fleet = opened.value;
    id = await beginRun(commonDir, "claude", one);
    await noteProcess(commonDir, id, process.pid);
    await fleet.refresh();
  });
  after(() => fleet?.dispose());

  const states = () => fleet.snapshot.worktrees.map(({ name, run }) => [name, run?.state ?? null]);
  const says = async (hook: string, at = new Date().toISOString()) => {
    await noteRun(commonDir, id, { event: "hook", at, hook });
    await fleet.refresh({ agents: true });
  };

  it("are told beside their worktrees, and nothing else is read for it", async () => {
    assert.deepEqual(states(), [
      ["repo", null],
      ["one", "unknown"],
      ["two", null],
    ]);
    TestRepo.at(one).write({ "new.txt": "new\n" });
    const told: (readonly string[])[] = [];
    const listening = fleet.onChange(({ changed }) => told.push(changed));
    await says("PreToolUse");
    listening.dispose();
    assert.deepEqual(states(), [
      ["repo", null],
      ["one", "working"],
      ["two", null],
    ]);
    assert.deepEqual(told, [[one]], "once, and of the one worktree");
    assert.equal(fleet.snapshot.worktrees[1]?.dirt?.untracked, 0, "its files were not looked at");
  });

  it("need a person while they wait, and that is another need each time", async () => {
    const needs = () => needsYou(fleet.snapshot, usualLimit);
    assert.deepEqual(needs(), []);
    await says("PermissionRequest", "2026-01-01T10:00:00Z");
    const [first, ...others] = needs();
    assert.ok(first);
    assert.deepEqual(
      [first.path, first.reasons, first.action, first.muted, others],
      [one, ["agent-waiting"], "answer-agent", false, []],
    );
    await fleet.note("muted", [first]);
    assert.deepEqual(
      needs().map(({ muted }) => muted),
      [true],
    );
    await says("PostToolUse");
    assert.deepEqual(needs(), []);
    await says("PermissionRequest", "2026-01-01T10:05:00Z");
    assert.deepEqual(
      needs().map(({ muted }) => muted),
      [false],
    );
  });

  it("are in the list, for people and for programs", () => {
    const document = cliJson<{ worktrees: { state: string | null; run: unknown }[] }>(
      "list",
      repo.dir,
      "list",
    );
    assert.deepEqual(
      document.worktrees.map(({ state }) => state),
      [null, "waiting", null],
    );
    assert.match(cli(repo.dir, "list").stdout, /^one +agent\/one .*Claude Code WAITS FOR YOU \(/m);
  });

  it("are not told of any more once a person has cleared it", async () => {
    await noteWord(commonDir, id, "cleared");
    await fleet.refresh({ agents: true });
    assert.deepEqual(states(), [
      ["repo", null],
      ["one", null],
      ["two", null],
    ]);
    assert.deepEqual(needsYou(fleet.snapshot, usualLimit), []);
  });
});
