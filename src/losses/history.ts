import { birthOf, type RefMove } from "../git/reflog";
import type { Oid } from "../model/worktree";
import { type HeadNote, sinceBirth } from "../store/heads";

/** What is known of one ref: git's own log of it, newest first, and our notes on all refs, oldest first. */
export interface Traces {
  readonly ref: string;
  readonly moves: readonly RefMove[];
  readonly notes: readonly HeadNote[];
}

/** Where a branch began, and where it has been since. */
export interface BranchHistory {
  /** Null where neither git nor our notes go back so far. */
  readonly base: Oid | null;
  /** Newest first. */
  readonly earlierHeads: readonly Oid[];
  /** Commits that its files were brought to, so that whoever worked there had before them what these have. */
  readonly caughtUp: readonly Oid[];
  /** Commits that it was reset to, with its files or without them: git does not say. */
  readonly resetTo: readonly Oid[];
}

/** `remotes`: the branch of the same name, as remotes had it. */
export function branchHistory(local: Traces, remotes: readonly Traces[]): BranchHistory {
  const begun = local.moves.find(({ from }) => from === null);
  const notes = ownNotes(local);
  const since = begun?.at ?? notes.find(({ birth }) => birth !== undefined)?.at ?? 0;
  return {
    base: notes.find(({ birth }) => birth !== undefined)?.oid ?? begun?.to ?? null,
    earlierHeads: [
      ...new Set([
        ...headsOf(local.moves, notes),
        // What a remote had under that name before the branch was made is another's work.
        ...remotes.flatMap((remote) =>
          headsOf(
            remote.moves.filter(({ at }) => at >= since),
            ownNotes(remote).filter(({ at }) => at >= since),
          ),
        ),
      ]),
    ],
    caughtUp: [
      ...new Set([
        ...local.moves.filter(bringsFiles).map(({ to }) => to),
        ...notes.flatMap(({ oid, clean }) => (clean && oid ? [oid] : [])),
      ]),
    ],
    resetTo: local.moves.filter(({ what }) => what.startsWith("reset: ")).map(({ to }) => to),
  };
}

/** The notes on the ref as it is now, oldest first. */
function ownNotes({ ref, moves, notes }: Traces): readonly HeadNote[] {
  const life = sinceBirth(notes.filter((note) => note.ref === ref));
  const birth = birthOf(moves);
  const noted = life.find((note) => note.birth !== undefined)?.birth;
  if (birth === null || birth === noted) return life;
  // Made anew since it was last looked at; where no beginning was noted, only the time tells.
  const begun = Number.parseInt(birth, 10);
  return noted === undefined ? life.filter(({ at }) => at >= begun) : [];
}

function headsOf(moves: readonly RefMove[], notes: readonly HeadNote[]): Oid[] {
  const oldest = moves.at(-1)?.from;
  return [
    ...moves.map(({ to }) => to),
    ...(oldest ? [oldest] : []),
    ...notes.flatMap(({ oid }) => oid ?? []).reverse(),
  ];
}

/**
 * Whether the branch was moved to a commit together with its files. `git reset` says nothing of them: `--soft` leaves them
 * as they were. A rebase that made commits is looked at by what these hold.
 */
function bringsFiles({ to, what }: RefMove): boolean {
  if (/^branch: Reset to /.test(what) || /^(merge|pull)\b.*: Fast-forward$/.test(what)) return true;
  return /\(finish\): refs\/heads\/.* onto ([0-9a-f]+)$/.exec(what)?.[1] === to;
}
