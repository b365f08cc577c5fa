// A process of its own: makes worktrees of the given names in the repo, all at once, and prints how each went.
import { openRepo } from "../../src/git/repo";
import { createWorktree } from "../../src/worktrees/create";

const [dir = "", ...names] = process.argv.slice(2);

async function main(): Promise<void> {
  const repo = await openRepo(dir);
  if (!repo.ok) throw new Error(repo.refusal.message);
  process.stdout.write("ready\n");
  const outcomes = await Promise.all(names.map((name) => createWorktree(repo.value, { name })));
  for (const outcome of outcomes)
    process.stdout.write(`${outcome.ok ? "ok" : `${outcome.refusal.code}: ${outcome.refusal.message}`}\n`);
}

void main();
