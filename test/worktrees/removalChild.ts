import { openRepo } from "../../src/git/repo";
import { removeWorktree } from "../../src/worktrees/remove";
import { undoRemoval } from "../../src/worktrees/undo";

/** Removes or brings back a worktree in a process of its own, to be killed: `<repo> <worktree> remove|undo`. */
async function main([dir = "", worktree = "", what]: readonly string[]): Promise<void> {
  const repo = await openRepo(dir);
  if (!repo.ok) throw new Error(repo.refusal.message);
  console.log("begun");
  const outcome = await (what === "undo"
    ? undoRemoval(repo.value)
    : removeWorktree(repo.value, worktree, { anyway: true }));
  console.log(outcome.ok ? "done" : JSON.stringify(outcome.refusal));
}

void main(process.argv.slice(2));
