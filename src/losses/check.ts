import { branchOf } from "../git/branch";
import { isShallow, resolveCommits } from "../git/commits";
import { commitTree } from "../git/commitTree";
import { type Reflog, readReflog } from "../git/reflog";
import { chooseTarget, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { readWorktreeTree } from "../git/worktreeTree";
import type { CheckDocument, Method } from "../model/check";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { toDocument } from "./document";
import { examine } from "./examine";

/** What to check. Refs are names as git understands them. */
export interface CheckRequest {
  /** Default: the remote's default branch. */
  readonly base?: string;
  /** Default: HEAD. */
  readonly head?: string;
  /** The head with the worktree's files as they lie on disk on top; needs a repo that was opened in a worktree. */
  readonly worktree?: boolean;
  readonly method?: Method;
  /** What was recorded as the branch's start; overrides the refs and logs that this looks up itself. */
  readonly recordedBase?: string;
  /** What a record of the worktree says, by branch, where the caller keeps such records. */
  readonly records?: ReadonlyMap<string, Oid>;
}

/**
 * Would landing head on base lose work that base has?
 * Refused as `unknown-ref`, `no-base`, `no-worktree`, `shallow` or `no-merge-base`.
 */
export async function check(
  repo: Repo,
  request: CheckRequest = {},
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  const head = request.head ?? "HEAD";
  const base = request.base ?? (await defaultBase(repo));
  if (base === null)
    return refused(
      "no-base",
      "Where this would merge is not known: the repo names no default branch.",
      "Name it with --base.",
    );
  const { method = "squash" } = request;
  const branch = await branchOf(repo, head);
  const recordRef = branch === null ? "" : `refs/agent-foreman/base/${branch}`;
  const [baseOid, headOid, ...recorded] = await resolveCommits(repo, [
    base,
    head,
    request.recordedBase ?? "",
    recordRef,
  ]);
  for (const [name, oid] of [
    [base, baseOid],
    [head, headOid],
  ] as const)
    if (!oid)
      return refused(
        "unknown-ref",
        `There is no commit called ${name} here.`,
        "Check the name, or fetch it first.",
      );
  if (!baseOid || !headOid)
    return refused("unknown-ref", "There is no such commit here.", "Check the names.");
  if (request.recordedBase && !recorded[0])
    return refused(
      "unknown-ref",
      `There is no commit called ${request.recordedBase} here.`,
      "Give the commit that the branch started from.",
    );
  const recordedBase =
    recorded[0] ?? recorded[1] ?? (branch === null ? null : (request.records?.get(branch) ?? null));
  const reflog = branch === null ? null : await readHeads(repo, branch);
  let tip = headOid;
  if (request.worktree) {
    if (!repo.top)
      return refused(
        "no-worktree",
        "There is no worktree here whose files could be looked at.",
        "Run this inside a worktree, or give --head.",
      );
    tip = await commitTree(
      repo,
      await readWorktreeTree(repo.top, signal),
      [headOid],
      "files on disk",
      signal,
    );
  }
  const question = { base: baseOid, head: tip, method, recordedBase, reflog };
  const examined = await examine(repo, question, signal);
  if (!examined) {
    return (await isShallow(repo))
      ? refused(
          "shallow",
          "The history here is cut off before the two meet, so nothing can be said.",
          "Fetch the rest: git fetch --unshallow",
        )
      : refused(
          "no-merge-base",
          `${base} and ${head} have no common history, so a merge has nothing to go by.`,
          "Check the names. Nothing was changed.",
        );
  }
  return done(await toDocument(repo, examined, { base, head }, signal));
}

async function defaultBase(repo: Repo): Promise<string | null> {
  const target = chooseTarget(await readRefs(repo), null);
  return target?.ref.replace(/^refs\/(heads|remotes)\//, "") ?? null;
}

/** Where the branch has been, here and as the remote last had it. */
async function readHeads(repo: Repo, branch: string): Promise<Reflog> {
  const [local, remote] = await Promise.all([
    readReflog(repo, `refs/heads/${branch}`),
    readReflog(repo, `refs/remotes/origin/${branch}`),
  ]);
  return { createdAt: local.createdAt, heads: [...local.heads, ...remote.heads] };
}
