import type { PullRequest } from "../model/pull";
import type { Oid } from "../model/worktree";

/** A local branch, and where it is pushed to. */
export interface PushedBranch {
  /** Short name here. */
  readonly branch: string;
  /** Its name on the remote. */
  readonly name: string;
  /** `owner/name` of the repo it is pushed to. */
  readonly repo: string;
  readonly tip: Oid;
}

/** The commits that the branch itself went through, in order from its tip to where it began; null: that could not be read. */
export type Line = ReadonlySet<Oid> | null;

/** What a pull request's branch is called here where its own name is taken, or is a fork's. */
export function checkedOutName({ number }: Pick<PullRequest, "number">): string {
  return `pr-${number}`;
}

/**
 * Which pull request is this branch's; null: none, undefined: not known. An open one is whose branch a push would go into,
 * and one that was checked out under its own number and is still at the very same commit: with other commits the two may
 * land on their own, and each has to be looked at. One that ended is only if it ended at a commit of this very branch:
 * names are used again.
 */
export function whosePull(
  { branch, name, repo, tip }: PushedBranch,
  line: Line,
  open: readonly PullRequest[],
  named: readonly PullRequest[] | null | undefined,
): PullRequest | null | undefined {
  const isOurs = (pull: PullRequest) =>
    pull.branch === name && pull.from?.toLowerCase() === repo.toLowerCase();
  const opened = open.find(isOurs) ?? named?.find((pull) => pull.state === "open" && isOurs(pull));
  if (opened) return opened;
  const checkedOut = open.find((pull) => pull.head === tip && branch === checkedOutName(pull));
  if (checkedOut) return checkedOut;
  if (!named) return undefined;
  // A fork that is gone cannot be told from ours by name; the commit tells.
  const ended = named.filter((pull) => pull.branch === name && (pull.from === null || isOurs(pull)));
  if (ended.length > 0 && line === null) return undefined;
  // Of several the last in the branch's own history, whichever was commented on since; merged, where it was closed before.
  for (const oid of line ?? []) {
    const here = ended.filter(({ head }) => head === oid);
    if (here.length > 0) return here.find(({ state }) => state === "merged") ?? here[0] ?? null;
  }
  return null;
}
