import { chooseTarget, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import type { GitHub } from "../github/client";
import { askPulls } from "../github/pulls";
import { done, type Outcome, refused } from "../model/outcome";
import type { Slug } from "../model/pull";
import { findPullPlace } from "./pullPlace";
import { whosePull } from "./whosePull";

/** A line to the GitHub that a repo's pull requests are on; null: there is no token for it. */
export type ConnectTo = (slug: Slug) => GitHub | null;

/** An open pull request, and the line to where it is. */
export interface FoundPull {
  readonly client: GitHub;
  readonly slug: Slug;
  readonly number: number;
}

/**
 * Finds the open pull request of a branch, or takes the one that was named. Refused as GitHub refuses, and as
 * `no-github`, `no-token`, `no-branch` or `no-pull`.
 */
export async function pullOfBranch(
  repo: Repo,
  branch: string | null,
  number: number | null,
  connect: ConnectTo,
): Promise<Outcome<FoundPull>> {
  const refs = await readRefs(repo);
  const target = chooseTarget(refs);
  const place = target && (await findPullPlace(repo, refs.remotes, target.remote));
  if (!place)
    return refused("no-github", "This repo's remote is on no GitHub.", "Nothing was asked or changed.");
  const { slug } = place;
  const client = connect(slug);
  if (!client)
    return refused(
      "no-token",
      `There is no token for ${slug.host}.`,
      "Set GITHUB_TOKEN (for another server GH_HOST and GH_ENTERPRISE_TOKEN).",
    );
  if (number !== null) return done({ client, slug, number });
  if (branch === null)
    return refused(
      "no-branch",
      "There is no branch to look for a pull request of.",
      "Name the branch, or the pull request by its number.",
    );
  const { name, repo: from } = place.pushed(branch);
  const asked = await askPulls(client, slug, [name]);
  if (!asked.ok) return { ok: false, refusal: asked.fault.refusal };
  const tip = refs.oids.get(`refs/heads/${branch}`) ?? "";
  const pull = whosePull(
    { branch, name, repo: from, tip },
    null,
    asked.value.open,
    asked.value.named.get(name),
  );
  if (pull?.state === "open") return done({ client, slug, number: pull.number });
  return refused(
    "no-pull",
    `${branch} has no open pull request on ${slug.host}.`,
    "Open one first, or name it by its number.",
  );
}
