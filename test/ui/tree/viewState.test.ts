import assert from "node:assert/strict";
import { refused } from "../../../src/model/outcome";
import { type Scene, viewState } from "../../../src/ui/tree/viewState";
import { worktree } from "./kit";

type Snapshot = Scene["snapshots"][number];

const repo = { dir: "/r", commonDir: "/r/.git", top: "/r", bare: false };
const main = worktree({ path: "/r", name: "r", isMain: true });
const bare = worktree({ path: "/r.git", name: "r.git", isMain: true, bare: true, head: null });
const problem = refused("refresh-failed", "Git could not be run.", "").refusal;

function snapshot(facts: Partial<Snapshot> = {}): Snapshot {
  return { repo, worktrees: [main], complete: true, problem: null, ...facts };
}

describe("ui/tree/viewState", () => {
  const base: Scene = { trusted: true, folders: 1, snapshots: [], refusal: null };
  const ofRefusal = (code: string): Scene => ({ ...base, refusal: refused(code, "", "").refusal });
  const of = (facts: Partial<Snapshot>): Scene => ({ ...base, snapshots: [snapshot(facts)] });
  const cases: [string, Scene, string][] = [
    ["no folder", { ...base, folders: 0, trusted: false }, "noFolder"],
    ["a folder that is not trusted", { ...base, trusted: false }, "untrusted"],
    ["a repo that is being opened", base, "loading"],
    ["a folder without a repo", ofRefusal("not-a-repo"), "noRepo"],
    ["no git", ofRefusal("no-git"), "noGit"],
    ["an old git", ofRefusal("git-too-old"), "gitTooOld"],
    ["another's repo", ofRefusal("unsafe-repo"), "unsafeRepo"],
    ["a folder that is gone", ofRefusal("no-folder"), "noFolder"],
    ["any other refusal", ofRefusal("whatever"), "failed"],
    ["a repo that is being read", of({ worktrees: [], complete: false }), "loading"],
    ["a repo that could not be read", of({ worktrees: [], problem }), "failed"],
    ["a repo without a commit", of({ worktrees: [worktree({ isMain: true, head: null })] }), "noCommits"],
    ["the main worktree alone", of({}), "alone"],
    ["a bare repo alone", of({ worktrees: [bare] }), "bare"],
    ["worktrees", of({ worktrees: [main, worktree()] }), "ready"],
    ["worktrees of a bare repo", of({ worktrees: [bare, worktree()] }), "ready"],
    [
      "worktrees that are known, after a failed look",
      of({ worktrees: [main, worktree()], problem }),
      "ready",
    ],
    ["several repos", { ...base, snapshots: [snapshot(), snapshot()] }, "ready"],
  ];
  for (const [title, scene, state] of cases) {
    it(`tells ${title}`, () => assert.equal(viewState(scene), state));
  }
});
