import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import path from "node:path";
import { noteEvent, readRecords, type WorktreeRecord } from "../../src/worktrees/record";
import { tempDir } from "../kit/repo";

const at = "2026-01-02T03:04:05.000Z";
const base = { ref: "refs/remotes/origin/main", oid: "a".repeat(40), fetchedAt: at };

function record(id: string, branch: string): WorktreeRecord {
  return { id, path: `/w/${id}`, branch, base, agent: "claude", task: null, createdAt: at, setup: null };
}

describe("worktrees/record", () => {
  it("knows the live worktrees from what happened to each", async () => {
    const commonDir = tempDir();
    assert.deepEqual(await readRecords({ commonDir }), new Map());
    const setup = { state: "failed" as const, log: "/l", at };
    await noteEvent(commonDir, { event: "created", at, record: record("1", "agent/a") });
    await noteEvent(commonDir, { event: "created", at, record: record("2", "agent/b") });
    await noteEvent(commonDir, { event: "removed", at, id: "1" });
    await noteEvent(commonDir, { event: "created", at, record: record("3", "agent/a") });
    await noteEvent(commonDir, { event: "setup", at, id: "3", setup });
    await noteEvent(commonDir, { event: "removed", at, id: "2" });
    await noteEvent(commonDir, { event: "restored", at, record: record("2", "agent/b") });
    appendFileSync(
      path.join(commonDir, "agent-foreman", "worktrees.jsonl"),
      '{"event":"created","record":{}}\n',
    );
    assert.deepEqual(
      await readRecords({ commonDir }),
      new Map([
        ["agent/a", { ...record("3", "agent/a"), setup }],
        ["agent/b", record("2", "agent/b")],
      ]),
    );
  });
});
