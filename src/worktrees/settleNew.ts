import { lstat } from "node:fs/promises";
import path from "node:path";
import { completeWorktree, hasStaged, readAdmin } from "../git/adminFiles";
import { listRefs } from "../git/listRefs";
import type { Repo } from "../git/repo";
import { advance, finish, type Pending } from "../store/pending";
import { findForeign } from "./foreign";
import { baseRef, type MakeStage, readNewStage, startOf } from "./newPending";
import { markWorktree, noteEvent, readEvents } from "./record";
import { releaseLock } from "./releaseLock";
import type { SettledNote } from "./settle";
import { ownAdmins, takeBack, takeBackRefs } from "./takeBack";

/**
 * Takes a half-made worktree back entirely; but where somebody already worked in it or on its branch, it is finished
 * instead, so that nothing of theirs is lost.
 */
export async function settleNew(repo: Repo, pending: Pending): Promise<SettledNote> {
  const stage = readNewStage(pending);
  const note = (outcome: SettledNote["outcome"], message: string): SettledNote => ({
    id: pending.id,
    op: pending.op,
    outcome,
    message,
  });
  if (stage?.stage !== "make") {
    if (stage?.ref) await releaseLock(path.join(repo.commonDir, `${stage.ref}.lock`), 2_000);
    await finish(repo.commonDir, pending.id);
    return note("taken-back", "A new worktree was interrupted before anything was made.");
  }
  const { record } = stage;
  const events = await readEvents(repo.commonDir);
  if (events.some((event) => event.event === "created" && event.record.id === record.id)) {
    await finish(repo.commonDir, pending.id);
    return note("finished", `The worktree ${record.path} was complete.`);
  }
  const kept = await whyKept(repo, stage);
  if (kept === null) {
    if (stage.back) await releaseLock(path.join(repo.commonDir, "packed-refs.lock"), 10_000);
    await advance(repo.commonDir, pending, { back: true });
    const gone = await takeBack(repo, stage);
    await finish(repo.commonDir, pending.id);
    if (!gone) return note("taken-back", leftAlone(record.path));
    return note("taken-back", `The half-made worktree ${record.path} was taken back. Nothing was in it yet.`);
  }
  if (kept.admin === null) {
    await takeBackRefs(repo, stage);
    await finish(repo.commonDir, pending.id);
    return note("taken-back", leftAlone(record.path));
  }
  await finishForward(repo, stage, kept.admin, kept.torn);
  await finish(repo.commonDir, pending.id);
  return note(
    "finished",
    `The worktree ${record.path} was interrupted, but ${kept.why}: it was kept and completed.`,
  );
}

function leftAlone(folder: string): string {
  return `A new worktree was interrupted; ${folder} is somebody else's and was left alone.`;
}

interface Kept {
  readonly why: string;
  /** Git's administrative folder; null where git knows nothing of the folder. */
  readonly admin: string | null;
  readonly torn: readonly string[];
}

/** What of somebody's is there; null when all is ours. */
async function whyKept(repo: Repo, stage: MakeStage): Promise<Kept | null> {
  const { record, adminsBefore, madeFolder } = stage;
  const { path: folder, branch } = record;
  const start = startOf(stage);
  const head = `refs/heads/${branch}`;
  const refs = await listRefs(repo, [head, baseRef(branch)]);
  const moved = refs.has(baseRef(branch)) && refs.has(head) && refs.get(head) !== start;
  const there = await lstat(folder).catch(() => null);
  // Where the folder is not known to be ours, it is taken back only when it is empty.
  if (there === null || madeFolder !== true) return null;
  const [admin] = await ownAdmins(repo, folder, adminsBefore);
  const adminDir = admin === undefined ? null : path.join(repo.commonDir, "worktrees", admin);
  const state = adminDir === null ? null : await readAdmin(adminDir);
  const { paths, torn } = there.isDirectory()
    ? await findForeign(repo, record.id, folder, start)
    : { paths: [path.basename(folder)], torn: [] };
  const kept = (why: string): Kept => ({ why, admin: adminDir, torn });
  if (moved) return kept("its branch has new commits");
  if (paths.length > 0) return kept(`it holds work (${paths.slice(0, 3).join(", ")})`);
  if (!state?.complete) return null;
  if (state.head !== `ref: ${head}`) return kept("another branch is checked out in it");
  return (await hasStaged(folder, start)) ? kept("changes are staged in it") : null;
}

async function finishForward(
  repo: Repo,
  { record }: MakeStage,
  admin: string,
  torn: readonly string[],
): Promise<void> {
  if (!(await readAdmin(admin)).complete)
    await completeWorktree(repo.commonDir, admin, record.path, record.branch, torn);
  await markWorktree(repo, record);
  await noteEvent(repo.commonDir, { event: "created", at: new Date().toISOString(), record });
}
