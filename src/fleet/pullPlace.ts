import { type PushPlace, readPushPlaces } from "../git/pushPlaces";
import { remoteUrl } from "../git/remoteUrl";
import type { Repo } from "../git/repo";
import { slugOf } from "../github/slug";
import type { Slug } from "../model/pull";

/** Where a repo's pull requests are, and where its branches are pushed to. */
export interface PullPlace {
  /** The remote whose repo has the pull requests. */
  readonly remote: string;
  readonly slug: Slug;
  /** Where a local branch goes on a push: its name there, and `owner/name` of the repo. */
  pushed(branch: string): { readonly name: string; readonly repo: string };
}

/** A fork's pull requests are in the repo that it came from, by custom the remote `upstream`. Null: on no server. */
export async function findPullPlace(
  repo: Repo,
  remotes: readonly string[],
  target: string | null,
): Promise<PullPlace | null> {
  if (target === null) return null;
  const [places, slugs] = await Promise.all([readPushPlaces(repo), readSlugs(repo, remotes)]);
  const own = slugs.get(target);
  const upstream = slugs.get("upstream");
  const remote = upstream && own && upstream.host === own.host ? "upstream" : target;
  const slug = slugs.get(remote);
  if (!slug) return null;
  return { remote, slug, pushed: (branch) => pushedTo(branch, places.get(branch), slugs, own ?? slug) };
}

function pushedTo(branch: string, place: PushPlace | undefined, slugs: ReadonlyMap<string, Slug>, own: Slug) {
  const { owner, name } = (place && slugs.get(place.remote)) ?? own;
  return { name: place?.name ?? branch, repo: `${owner}/${name}` };
}

async function readSlugs(repo: Repo, remotes: readonly string[]): Promise<Map<string, Slug>> {
  const slugs = new Map<string, Slug>();
  await Promise.all(
    remotes.map(async (remote) => {
      const url = await remoteUrl(repo, remote);
      const slug = url === null ? null : await slugOf(url);
      if (slug) slugs.set(remote, slug);
    }),
  );
  return slugs;
}
