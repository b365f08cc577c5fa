import assert from "node:assert/strict";
import { touchedInFolders, touchedInGit } from "../../../src/ui/watch/classify";

describe("ui/watch/classify", () => {
  const refs = { kind: "refs" };

  it("knows what each of git's files says", () => {
    const cases: [string, object | null][] = [
      ["HEAD", refs],
      ["packed-refs", refs],
      ["FETCH_HEAD", refs],
      ["refs/heads/agent/csv", refs],
      ["refs/remotes/origin/main", refs],
      ["refs/agent-foreman/rescue/1", null],
      ["refs/heads/agent/csv.lock", null],
      ["packed-refs.lock", null],
      ["logs/HEAD", null],
      ["worktrees", refs],
      ["worktrees/csv", refs],
      ["worktrees/csv/HEAD", refs],
      ["worktrees/csv/locked", refs],
      ["worktrees/csv/index", { kind: "index", id: "csv" }],
      ["worktrees/csv/index.lock", null],
      ["worktrees/csv/logs/HEAD", null],
      ["worktrees/csv/rebase-merge/done", null],
      ["agent-foreman/worktrees.jsonl", refs],
      ["agent-foreman/pending/1.json", null],
      ["agent-foreman/recoveries", null],
      ["agent-foreman/recoveries/1.json", refs],
      ["agent-foreman/cache/done.1.jsonl", null],
      ["agent-foreman/review/verdicts.jsonl", refs],
      ["agent-foreman/review/4f/findings.jsonl", refs],
      ["agent-foreman/checks/5c0ffee.json", refs],
      ["objects/5c/0ffee", null],
      ["COMMIT_EDITMSG", null],
    ];
    for (const [file, touched] of cases) {
      assert.deepEqual(touchedInGit("/r/.git", `/r/.git/${file}`), touched, file);
    }
  });

  it("gives a file to the innermost worktree, and heavy folders to none", () => {
    const worktrees = ["/r/.claude/worktrees/x", "/r", "/r.worktrees/a", "/r.worktrees/ab"];
    const cases: [string, string | null][] = [
      ["/r/src/a.ts", "/r"],
      ["/r/.claude/worktrees/x/src/a.ts", "/r/.claude/worktrees/x"],
      ["/r.worktrees/ab/b.ts", "/r.worktrees/ab"],
      ["/r.worktrees/c/b.ts", null],
      ["/r/.git/index", null],
      ["/r.worktrees/a/.git", null],
      ["/r/packages/one/node_modules/x/y.js", null],
    ];
    for (const [file, path] of cases) {
      assert.deepEqual(touchedInFolders(worktrees, file), path && { kind: "files", path }, file);
    }
  });
});
