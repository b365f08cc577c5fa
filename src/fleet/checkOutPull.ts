import { restoreBranchConfig } from "../git/branchConfig";
import { mergeBase } from "../git/commits";
import { fetchBranch } from "../git/fetch";
import { fetchPullHeads, pullRefs } from "../git/fetchPulls";
import { listRefs } from "../git/listRefs";
import { withoutPasswords } from "../git/redact";
import { chooseTarget, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { sameRepo } from "../github/slug";
import { done, type Outcome, refused } from "../model/outcome";
import type { PullRequest } from "../model/pull";
import {
  type CreatedWorktree,
  type CreateOptions,
  createWorktree,
  type KnownBase,
  type NewWorktree,
  type TakenOver,
} from "../worktrees/create";
import { findPullPlace, type PullPlace } from "./pullPlace";
import { checkedOutName } from "./whosePull";

/** A worktree with a pull request's commits in it. */
export interface CheckedOutPull {
  readonly created: CreatedWorktree;
  /** A push from it goes into the pull request. */
  readonly pushes: boolean;
}

/**
 * Makes a worktree of a pull request's branch as it is now. It has the branch's own name where that is free and is in this
 * repo; `pr-12` else. Refused as `no-github`, `no-pull-head`, `unrelated`, or as createWorktree refuses.
 */
export async function checkOutPull(
  repo: Repo,
  pull: PullRequest,
  placement: Partial<NewWorktree>,
  options: CreateOptions = {},
): Promise<Outcome<CheckedOutPull>> {
  const refs = await readRefs(repo);
  const place = await findPullPlace(repo, refs.remotes, chooseTarget(refs)?.remote ?? null);
  if (!place) return refused("no-github", "This repo's remote is on no GitHub.", "Nothing was made.");
  const own = sameRepo(place.slug, pull.from);
  const isFree = !refs.oids.has(`refs/heads/${pull.branch}`);
  const branch = own && isFree ? pull.branch : checkedOutName(pull);
  const made = await createWorktree(
    repo,
    {
      ...placement,
      name: branch,
      branch,
      base: `${place.remote}/${pull.base.branch}`,
      isRemotes: true,
      task: `#${pull.number} ${pull.title}`,
      takeOver: (base) => fetchHead(repo, place, pull, base, options),
    },
    options,
  );
  if (!made.ok) return made;
  const pushes = own && isFree;
  if (pushes) await follow(repo, place.remote, branch, options);
  return done({ created: made.value, pushes });
}

/** A pull request's commits are in the repo that it is for, also where its branch is in a fork. */
async function fetchHead(
  repo: Repo,
  { remote }: PullPlace,
  { number }: PullRequest,
  base: KnownBase,
  { signal }: CreateOptions,
): Promise<Outcome<TakenOver>> {
  const ref = `${pullRefs}/${number}`;
  const fetched = await fetchPullHeads(repo, remote, [number], { ...(signal ? { signal } : {}), timeoutMs });
  const tip = (await listRefs(repo, [ref])).get(ref);
  if (fetched.exitCode !== 0 || tip === undefined) {
    const words = withoutPasswords(fetched.stderr.trim().split("\n").at(-1) ?? "");
    return refused(
      "no-pull-head",
      `The commits of #${number} could not be fetched from ${remote}${words ? `: ${words}` : ""}.`,
      "Nothing was made. Try again when the remote can be reached.",
    );
  }
  const fork = await mergeBase(repo, base.oid, tip);
  if (fork !== null) return done({ tip, fork });
  return refused(
    "unrelated",
    `#${number} has no commit in common with ${base.ref.replace("refs/remotes/", "")}.`,
    "Nothing was made.",
  );
}

const timeoutMs = 60_000;

/** Ties the branch to the remote's: a push goes there, and what others push there is seen. */
async function follow(repo: Repo, remote: string, branch: string, { signal }: CreateOptions): Promise<void> {
  await fetchBranch(repo, { remote, branch }, { ...(signal ? { signal } : {}), timeoutMs });
  await restoreBranchConfig(repo, branch, [
    ["remote", remote],
    ["merge", `refs/heads/${branch}`],
  ]);
}
