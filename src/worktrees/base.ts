import { type RemoteBranch, trackingRef } from "../git/fetch";
import { chooseTarget, mainRemote, type Refs, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { findCommit } from "../git/revParse";
import { listWorktrees } from "../git/worktreeList";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { branchOnRemote, type DecidedBase, type FetchOptions, fetchBase, hasBranch } from "./fetchBase";
import { lastFetched } from "./freshness";
import { quoted } from "./name";

export interface BaseRequest {
  /** A ref or commit; the target (the remote's default branch) unless given. */
  readonly base?: string;
  /** Start from what is known, without asking the remote. */
  readonly offline?: boolean;
  /** The branch is one that the remote has, taken over on purpose; otherwise such a name is refused. */
  readonly isRemotes?: boolean;
}

/**
 * Decides what a new worktree starts from, and fetches it now where it is a remote's.
 * Refused as `no-commits`, `no-target`, `unknown-base`, or as fetchBase refuses.
 */
export async function decideBase(
  repo: Repo,
  request: BaseRequest,
  newBranch: string,
  options: FetchOptions,
): Promise<Outcome<DecidedBase>> {
  const refs = await readRefs(repo);
  if (request.base !== undefined) {
    const named = nameBase(refs, request.base);
    if (named && "remote" in named) return fromRemote(repo, refs, named, request, newBranch, options);
    const oid = named?.oid ?? (await findCommit(repo, request.base));
    if (oid !== null) return checkRemote(repo, refs, named?.ref ?? oid, oid, request, newBranch, options);
    return refused(
      "unknown-base",
      `There is no branch, tag or commit ${quoted(request.base)} in this repo.`,
      "Check the name, or leave it out to start from the default branch. Nothing was made.",
    );
  }
  if (refs.remotes.length === 0) return fromLocal(repo, refs);
  const remote = mainRemote(refs);
  if (remote === null) {
    return refused(
      "no-target",
      `This repo has ${refs.remotes.length} remotes and none is called origin, so where work will merge is not known.`,
      `Name the base, for example: ${refs.remotes[0]}/main. Nothing was made.`,
    );
  }
  const prefix = `refs/remotes/${remote}/`;
  const head = refs.symbolic.get(`${prefix}HEAD`);
  const branch = head?.startsWith(prefix) ? head.slice(prefix.length) : null;
  return fromRemote(repo, refs, { remote, branch }, request, newBranch, options);
}

/** What a person's word for a base means; null when it is no branch's name. */
export function nameBase(refs: Refs, base: string): RemoteBranch | { ref: string; oid: Oid } | null {
  const local = base.startsWith("refs/") ? base : `refs/heads/${base}`;
  const oid = refs.oids.get(local);
  if (oid !== undefined && local.startsWith("refs/heads/")) return { ref: local, oid };
  const short = base.replace(/^refs\/remotes\//, "");
  const remote = refs.remotes.find((name) => short.startsWith(`${name}/`));
  if (remote === undefined) return null;
  const branch = short.slice(remote.length + 1);
  if (branch === "HEAD") {
    const head = refs.symbolic.get(`refs/remotes/${remote}/HEAD`);
    return head === undefined ? null : nameBase(refs, head);
  }
  // What ends up in a refspec must be nothing but a name.
  return branch === "" || /[\p{Cc}\s:*?[\\^~]|\.\./u.test(branch) ? null : { remote, branch };
}

/** A base that is here already needs no fetch; but whether the remote has the new branch is still asked, if it answers. */
async function checkRemote(
  repo: Repo,
  refs: Refs,
  ref: string,
  oid: Oid,
  request: BaseRequest,
  newBranch: string,
  options: FetchOptions,
): Promise<Outcome<DecidedBase>> {
  const remote = mainRemote(refs);
  if (remote === null || request.isRemotes) return done({ ref, oid, fetchedAt: null, notes: [] });
  const known = refs.oids.has(trackingRef({ remote, branch: newBranch }));
  const there = request.offline ? known : await hasBranch(repo, remote, newBranch, options);
  if (there ?? known) return branchOnRemote(remote, newBranch);
  const unsure = `${remote} did not answer, so whether it has a branch ${newBranch} already is not known.`;
  return done({ ref, oid, fetchedAt: null, notes: there === null ? [unsure] : [] });
}

async function fromLocal(repo: Repo, refs: Refs): Promise<Outcome<DecidedBase>> {
  const [main] = await listWorktrees(repo);
  const target = chooseTarget(refs) ?? checkedOut(refs, main?.branch ?? null);
  if (target) return done({ ref: target.ref, oid: target.oid, fetchedAt: null, notes: [] });
  if (![...refs.oids.keys()].some((ref) => ref.startsWith("refs/heads/")) && !main?.head) {
    return refused(
      "no-commits",
      "This repo has no commit yet, so there is nothing to start from.",
      "Make a first commit, and try again. Nothing was made.",
    );
  }
  return refused(
    "no-target",
    "This repo has no remote, and which of its branches work will merge into is not known.",
    "Name the base, for example: main. Nothing was made.",
  );
}

/** Good enough to start from, where the person sees it named: never to judge what is merged. */
function checkedOut(refs: Refs, branch: string | null): { ref: string; oid: Oid } | null {
  const ref = `refs/heads/${branch}`;
  const oid = refs.oids.get(ref);
  return oid === undefined ? null : { ref, oid };
}

async function fromRemote(
  repo: Repo,
  refs: Refs,
  from: { readonly remote: string; readonly branch: string | null },
  request: BaseRequest,
  newBranch: string,
  options: FetchOptions,
): Promise<Outcome<DecidedBase>> {
  const known = from.branch === null ? chooseTarget(refs) : knownBranch(refs, from.remote, from.branch);
  if (!request.offline) {
    const named = request.base !== undefined;
    return fetchBase(repo, { ...from, named }, known, request.isRemotes ? null : newBranch, options);
  }
  if (!request.isRemotes && refs.oids.has(`refs/remotes/${from.remote}/${newBranch}`))
    return branchOnRemote(from.remote, newBranch);
  if (known === null) {
    return refused(
      "no-target",
      `Nothing of ${from.remote}${from.branch === null ? "'s default branch" : `/${from.branch}`} is known here yet.`,
      "Connect and fetch once, or name a local branch as the base. Nothing was made.",
    );
  }
  return done({ ...known, fetchedAt: await lastFetched(repo, known.ref, known.oid), notes: [] });
}

function knownBranch(refs: Refs, remote: string, branch: string): { ref: string; oid: Oid } | null {
  const ref = trackingRef({ remote, branch });
  const oid = refs.oids.get(ref);
  return oid === undefined ? null : { ref, oid };
}
