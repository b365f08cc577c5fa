import { readOwnCommits } from "../git/ownCommits";
import { pushBranch } from "../git/pushBranch";
import { readPushPlaces } from "../git/pushPlaces";
import { chooseTarget, readRefs } from "../git/refs";
import type { GitHub } from "../github/client";
import { askGround, createPull } from "../github/createPull";
import { pullText, type ReplacedBranch } from "../github/pullText";
import { done, type Outcome, refused } from "../model/outcome";
import type { Worktree } from "../model/worktree";
import { recoveredFrom } from "../recovery/log";
import type { Fleet } from "./index";
import { findPullPlace, type PullPlace } from "./pullPlace";

/** A pull request that is not opened yet: all of it can still be changed. */
export interface PullDraft {
  readonly title: string;
  readonly body: string;
  readonly place: PullPlace;
  /** The remote it is pushed to. */
  readonly remote: string;
  readonly base: string;
  readonly repoId: string;
  readonly branch: string;
}

/** Puts together what a pull request for this worktree would say. Nothing is pushed or made. */
export async function draftPull(
  fleet: Fleet,
  worktree: Worktree,
  client: GitHub,
): Promise<Outcome<PullDraft>> {
  const { repo } = fleet;
  const { branch, head, pull } = worktree;
  const refs = await readRefs(repo);
  const target = chooseTarget(refs);
  if (branch === null || head === null || !target)
    return refused(
      "no-branch",
      "There is no branch to make a pull request of.",
      "Check one out in the worktree first.",
    );
  if (pull?.pull?.state === "open")
    return refused("pull-exists", `#${pull.pull.number} is open for this branch already.`, "Open that one.");
  const place = await findPullPlace(repo, refs.remotes, target.remote);
  if (!place) return refused("no-github", "This repo's remote is on no GitHub.", "Nothing was made.");
  const pushed = place.pushed(branch).name;
  if (pushed !== branch && pushed === target.branch)
    return refused(
      "pushes-to-target",
      `Git is set to push ${branch} to ${pushed} itself, not to a branch of its own.`,
      "Nothing was pushed. Give it an upstream of its own, or set push.default to simple.",
    );
  const commits = await readOwnCommits(repo, target.oid, head);
  if (commits.length === 0)
    return refused(
      "no-commits",
      `${branch} has no commit that ${target.branch} has not.`,
      "Commit its work first.",
    );
  const ground = await askGround(client, place.slug);
  if (!ground.ok) return ground;
  const [template = null] = ground.value.templates;
  const matter = {
    branch,
    task: worktree.task,
    commits: [...commits].reverse(),
    template,
    takesPlaceOf: await oldOne(fleet, branch),
  };
  const remote = (await readPushPlaces(repo)).get(branch)?.remote ?? target.remote ?? place.remote;
  return done({
    ...pullText(matter),
    place,
    remote,
    base: target.branch,
    repoId: ground.value.repoId,
    branch,
  });
}

/** What a recovered branch was recovered from. */
async function oldOne({ repo, snapshot }: Fleet, branch: string): Promise<ReplacedBranch | null> {
  const from = await recoveredFrom(repo, branch);
  if (!from) return null;
  const old = snapshot.worktrees.find((worktree) => worktree.branch === from.branch);
  return { branch: from.branch, head: from.head, pull: old?.pull?.pull?.number ?? null };
}

/** Pushes the branch and opens the pull request. Refused as `push-failed`, or as GitHub refuses. */
export async function openPullRequest(
  fleet: Fleet,
  client: GitHub,
  wanted: PullDraft & { readonly draft: boolean },
  signal: AbortSignal,
): Promise<Outcome<{ readonly number: number; readonly url: string }>> {
  const { repo } = fleet;
  const { branch, place, remote } = wanted;
  const { name, repo: from } = place.pushed(branch);
  const pushed = await pushBranch(repo, { remote, branch, name }, { signal, timeoutMs: 120_000 });
  if (pushed.exitCode !== 0) {
    const words = pushed.stderr.trim().split("\n").at(-1) || "git did not say why";
    const hint =
      "No pull request was opened. Bring in what the remote has, or solve what git says, then try again.";
    return refused("push-failed", `${branch} could not be pushed to ${remote}: ${words}.`, hint);
  }
  const own = from.toLowerCase() === `${place.slug.owner}/${place.slug.name}`.toLowerCase();
  const head = own ? name : `${from.split("/")[0]}:${name}`;
  const { repoId, base, title, body, draft } = wanted;
  return createPull(client, place.slug.host, { repoId, base, head, title, body, draft });
}
