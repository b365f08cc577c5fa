import { findAdminDir, lockIn, middleOf } from "../git/adminDir";
import { waitingPick } from "../git/cherryPick";
import { isAncestor } from "../git/lineage";
import type { Repo } from "../git/repo";
import { listWorktrees } from "../git/worktreeList";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { type RecoveryNote, readNotes } from "./note";

/** The recovery of a branch, or under a new name; refused as `no-recovery`. */
export async function findNote(repo: Repo, name: string): Promise<Outcome<RecoveryNote>> {
  const notes = await readNotes(repo);
  const found =
    notes.find(({ source, request }) => name === source || name === request.branch) ??
    notes.find(({ request }) => name === request.newBranch);
  if (found) return done(found);
  const names = notes.map(({ request }) => request.branch);
  return refused(
    "no-recovery",
    `No recovery of ${name} waits to be gone on with.`,
    names.length > 0 ? `Waiting: ${names.join(", ")}.` : "None waits at all. Nothing was changed.",
  );
}

/** A recovery's worktree, as it is found. */
export interface Found {
  readonly folder: string;
  readonly adminDir: string;
  readonly head: Oid;
  /** The commit whose pick waits there. */
  readonly waiting: Oid | null;
}

/**
 * Looks at the new worktree. Null when there is none; refused as `other-branch`, `git-busy`, `unfinished` or `moved-away`
 * where it is in no state to go on from.
 */
export async function findDesk(repo: Repo, note: RecoveryNote): Promise<Outcome<Found | null>> {
  const { newBranch, branch } = note.request;
  const entries = await listWorktrees(repo);
  const entry =
    entries.find((each) => each.branch === newBranch) ?? entries.find((each) => each.path === note.worktree);
  if (!entry || entry.missing || entry.head === null) return done(null);
  const { path: folder, head } = entry;
  const again = `Then continue: agent-foreman recover ${branch} --continue`;
  if (entry.branch !== newBranch) {
    return refused("other-branch", `${folder} is not on ${newBranch} any more.`, `Switch it back. ${again}`);
  }
  const adminDir = await findAdminDir(repo.commonDir, folder);
  if (adminDir === null) return done(null);
  const lock = await lockIn(adminDir);
  if (lock !== null) {
    return refused(
      "git-busy",
      `A git command runs in ${folder}: ${lock} exists.`,
      `Wait until it has ended. ${again}`,
    );
  }
  const waiting = await waitingPick(adminDir);
  const middle = await middleOf(adminDir);
  if (middle !== null && (waiting === null || middle !== "cherry-pick")) {
    return refused("unfinished", `A ${middle} is not finished in ${folder}.`, `Finish or abort it. ${again}`);
  }
  if (!(await isAncestor(repo, note.onto.oid, head))) {
    return refused(
      "moved-away",
      `${newBranch} does not stand on ${note.onto.ref} any more, where its commits were put.`,
      `Set it back (it was at ${note.tip.slice(0, 12)}), or end the recovery with --abort.`,
    );
  }
  return done({ folder, adminDir, head, waiting });
}
