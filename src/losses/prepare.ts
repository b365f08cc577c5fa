import { branchOf } from "../git/branch";
import { resolveCommits } from "../git/commits";
import { commitTree } from "../git/commitTree";
import { readReflog } from "../git/reflog";
import { chooseTarget, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { readWorktreeTree } from "../git/worktreeTree";
import type { Method } from "../model/check";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import type { Question } from "./examine";

/** What to check. Refs are names as git understands them. */
export interface CheckRequest {
  /** Default: the remote's default branch. */
  readonly base?: string;
  /** Default: HEAD. */
  readonly head?: string;
  /** The head with the worktree's files as they lie on disk on top; needs a repo that was opened in a worktree. */
  readonly worktree?: boolean;
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

/** A request with every name looked up. */
export interface Prepared {
  readonly question: Question;
  readonly names: Names;
}

/** Refused as `unknown-ref`, `no-base` or `no-worktree`. */
export async function prepare(
  repo: Repo,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<Outcome<Prepared>> {
  const head = request.head ?? "HEAD";
  const [base, branch] = await Promise.all([request.base ?? defaultBase(repo), branchOf(repo, head)]);
  if (base === null) {
    return refused(
      "no-base",
      "Where this would merge is not known: the repo names no default branch.",
      "Name it with --base.",
    );
  }
  const asked = request.recordedBase ?? "";
  const noted = branch === null ? "" : `refs/agent-foreman/base/${branch}`;
  const [[baseOid, headOid, given, kept], earlierHeads] = await Promise.all([
    resolveCommits(repo, [base, head, asked, noted]),
    branch === null ? [] : readHeads(repo, branch),
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
  if (request.worktree) {
    if (!repo.top) {
      return refused(
        "no-worktree",
        "There is no worktree here whose files could be looked at.",
        "Run this inside a worktree, or give --head.",
      );
    }
    const tree = await readWorktreeTree(repo.top, signal);
    tip = await commitTree(repo, tree, [headOid], "uncommitted files", signal);
  }
  const recordedBase = given ?? kept ?? (branch === null ? null : (request.records?.get(branch) ?? null));
  return done({
    question: { base: baseOid, head: tip, method: request.method ?? "squash", recordedBase, earlierHeads },
    names: { base, head: { ref: head, oid: headOid }, branch },
  });
}

/** Where the branch has been, here and as the remote last had it. */
async function readHeads(repo: Repo, branch: string): Promise<Oid[]> {
  const refs = [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`];
  return (await Promise.all(refs.map((ref) => readReflog(repo, ref)))).flat();
}

async function defaultBase(repo: Repo): Promise<string | null> {
  const target = chooseTarget(await readRefs(repo));
  return target?.ref.replace(/^refs\/(heads|remotes)\//, "") ?? null;
}
