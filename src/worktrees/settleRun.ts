import path from "node:path";
import * as v from "valibot";
import { findAdminDir } from "../git/adminDir";
import type { Repo } from "../git/repo";
import { listWorktrees } from "../git/worktreeList";
import { finish, type Pending } from "../store/pending";
import { releaseLock } from "./releaseLock";
import type { SettledNote } from "./settle";

const run = v.looseObject({ newBranch: v.pipe(v.string(), v.regex(/^(?!.*\.\.)/)) });

/**
 * A recovery whose process was killed waits for a person. Only the locks go that its git left on the new branch, and in
 * the new worktree.
 */
export async function settleRun(repo: Repo, pending: Pending): Promise<SettledNote> {
  const parsed = v.safeParse(run, pending);
  if (parsed.success) await releaseLocks(repo, parsed.output.newBranch);
  await finish(repo.commonDir, pending.id);
  const message = "A recovery was interrupted. Continue it, or abort it.";
  return { id: pending.id, op: pending.op, outcome: "finished", message };
}

async function releaseLocks(repo: Repo, branch: string): Promise<void> {
  const entry = (await listWorktrees(repo)).find((each) => each.branch === branch);
  const adminDir = entry ? await findAdminDir(repo.commonDir, entry.path) : null;
  const locks = [
    path.join(repo.commonDir, "refs", "heads", `${branch}.lock`),
    ...(adminDir === null ? [] : ["index.lock", "HEAD.lock"].map((name) => path.join(adminDir, name))),
  ];
  for (const lock of locks) await releaseLock(lock, 2_000);
}
