import { Aside } from "../git/aside";
import { branchOf, isOid } from "../git/branch";
import { resolveCommits } from "../git/commits";
import { commitTree } from "../git/commitTree";
import { readReflog } from "../git/reflog";
import { chooseTarget, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { treeOf } from "../git/snapshot";
import { readWorktreeTree } from "../git/worktreeTree";
import { type Method, uncommitted } from "../model/check";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { readHeads } from "../store/heads";
import { makeTemporaryFolder } from "../store/temporaryFolder";
import type { Question } from "./examine";
import { type BranchHistory, branchHistory } from "./history";
import type { Sighting } from "./noteHeads";

/** What to check. Refs are names as git understands them. */
export interface CheckRequest {
  /** Default: the remote's default branch. */
  readonly base?: string;
  /** Default: HEAD. */
  readonly head?: string;
  /** The head with the worktree's files as they lie on disk on top; needs a repo that was opened in a worktree. */
  readonly worktree?: boolean;
  /** Where those files are read into, for callers who ask again and again. */
  readonly aside?: Aside;
  readonly method?: Method;
  /** What was recorded as the branch's start; overrides the refs and logs that are looked up here. */
  readonly recordedBase?: string;
  /** What a record of the worktree says, by branch, where the caller keeps such records. */
  readonly records?: ReadonlyMap<string, Oid>;
}

/** What the document calls both ends. `head.oid` is a commit of the person's, also where files on disk were checked. */
export interface Names {
  readonly base: string;
  readonly head: { readonly ref: string; readonly oid: Oid };
  /** The local branch that the head is; null for anything else. */
  readonly branch: string | null;
}

/** What was looked at of the files on disk; null where commits alone were. */
export interface OnDisk {
  /** New files that were too many, too large or not readable. */
  readonly leftOut: number;
}

/** A request with every name looked up. */
export interface Prepared {
  readonly question: Question;
  readonly names: Names;
  readonly onDisk: OnDisk | null;
  /** Where the branch is now, here and at its remotes, worth noting for later. */
  readonly seen: readonly Sighting[];
}

/**
 * Looks every name up and hands the answers to `use`; files on disk can be read as a commit for as long as that runs.
 * Refused as `unknown-ref`, `no-base` or `no-worktree`.
 */
export async function withPrepared<T>(
  repo: Repo,
  request: CheckRequest,
  signal: AbortSignal | undefined,
  use: (prepared: Prepared) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const prepareAnd = async (aside: Aside | null): Promise<Outcome<T>> => {
    const prepared = await lookUp(repo, request, aside, signal);
    return prepared.ok ? use(prepared.value) : prepared;
  };
  if (!request.worktree) return prepareAnd(null);
  const aside = request.aside ?? new Aside(repo, makeTemporaryFolder);
  try {
    return await aside.use(() => prepareAnd(aside));
  } finally {
    if (!request.aside) await aside.close();
  }
}

/** The names alone, for commits. Refused in the same way. */
export function prepare(repo: Repo, request: CheckRequest, signal?: AbortSignal): Promise<Outcome<Prepared>> {
  return lookUp(repo, request, null, signal);
}

async function lookUp(
  repo: Repo,
  request: CheckRequest,
  aside: Aside | null,
  signal: AbortSignal | undefined,
): Promise<Outcome<Prepared>> {
  const head = request.head ?? "HEAD";
  const asked = request.recordedBase ?? "";
  const resolve = (base: string, branch: string | null) =>
    resolveCommits(repo, [base, head, asked, ...(branch === null ? [""] : namesOf(branch, base))]);
  // Most names are branches, so what a branch of that name would be asked for need not wait until that is known.
  const guess = head === "HEAD" || isOid(head) ? null : head;
  const [base, branch, guessed] = await Promise.all([
    request.base ?? defaultBase(repo),
    branchOf(repo, head),
    guess !== null && request.base !== undefined ? resolve(request.base, guess) : null,
  ]);
  if (base === null) {
    return refused(
      "no-base",
      "Where this would merge is not known: the repo names no default branch.",
      "Name it with --base.",
    );
  }
  const refs = branch === null ? [] : refsOf(branch, base);
  const [[baseOid, headOid, given, kept, ...at], history] = await Promise.all([
    guessed && branch === guess ? guessed : resolve(base, branch),
    readHistory(repo, refs),
  ]);
  const missing = !baseOid ? base : !headOid ? head : asked !== "" && !given ? asked : null;
  if (!baseOid || !headOid || missing !== null) {
    return refused(
      "unknown-ref",
      `There is no commit called ${missing} here.`,
      "Check the name, or fetch it first.",
    );
  }
  let tip = headOid;
  let onDisk: OnDisk | null = null;
  if (aside) {
    if (!repo.top) {
      return refused(
        "no-worktree",
        "There is no worktree here whose files could be looked at.",
        "Run this inside a worktree, or give --head.",
      );
    }
    const { tree, merging, leftOut } = await readWorktreeTree(aside, repo.top, signal);
    onDisk = { leftOut };
    // A merge that is not committed yet is judged as the merge that it will be.
    if (merging.length > 0 || tree !== (await treeOf(repo, headOid)))
      tip = await commitTree(repo, tree, [headOid, ...merging], uncommitted, signal);
  }
  // Git's own log is of this very branch; what we kept under its name may be of an earlier one.
  const recorded = kept ?? (branch === null ? null : (request.records?.get(branch) ?? null));
  const recordedBase = given ?? history.base ?? recorded;
  const { caughtUp } = history;
  // The head itself tells nothing of its past; counted in, the note on it after the first answer would make a second question.
  const earlierHeads = history.earlierHeads.filter((oid) => oid !== tip);
  // A start that was written down as it was made is proof; one that is read off git's log is so until a reset.
  const resetTo = recordedBase === (given ?? recorded) ? [] : history.resetTo;
  return done({
    question: {
      base: baseOid,
      head: tip,
      method: request.method ?? "squash",
      recordedBase,
      earlierHeads,
      caughtUp,
      resetTo,
    },
    names: { base, head: { ref: head, oid: headOid }, branch },
    onDisk,
    seen: refs.flatMap((ref, i) => (at[i] ? [{ ref, oid: at[i] }] : [])),
  });
}

/** What is known of a branch: where we noted that it began, and where it is. */
function namesOf(branch: string, base: string): string[] {
  return [`refs/agent-foreman/base/${branch}`, ...refsOf(branch, base)];
}

/** The branch, and what remotes have under its name. */
function refsOf(branch: string, base: string): string[] {
  const remotes = new Set(["origin", ...base.split("/").slice(0, -1).slice(0, 1)]);
  return [`refs/heads/${branch}`, ...[...remotes].map((remote) => `refs/remotes/${remote}/${branch}`)];
}

/** Where the branch (the first of `refs`) began and has been, here and as remotes last had it. */
async function readHistory(repo: Repo, refs: readonly string[]): Promise<BranchHistory> {
  const notes = await readHeads(repo.commonDir);
  const traces = refs.map(async (ref) => ({ ref, moves: await readReflog(repo, ref), notes }));
  const [local, ...remotes] = await Promise.all(traces);
  return local ? branchHistory(local, remotes) : { base: null, earlierHeads: [], caughtUp: [], resetTo: [] };
}

async function defaultBase(repo: Repo): Promise<string | null> {
  const target = chooseTarget(await readRefs(repo));
  return target?.ref.replace(/^refs\/(heads|remotes)\//, "") ?? null;
}
