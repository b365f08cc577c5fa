import { remoteUrl } from "../git/remoteUrl";
import type { Repo } from "../git/repo";
import type { GitHub } from "../github/client";
import { mergedPulls } from "../github/mergedPulls";
import { parseSlug } from "../github/slug";
import type { MergedPull, Slug } from "../model/pull";

/**
 * What GitHub knows of branches whose work was edited on its way in: their merged pull requests. Empty where the
 * remote is not on a server that `connect` has a client for. Throws when GitHub cannot be asked.
 */
export async function mergedPullEvidence(
  repo: Repo,
  remote: string,
  branches: readonly string[],
  connect: (slug: Slug) => GitHub | null,
  signal?: AbortSignal,
): Promise<MergedPull[]> {
  const url = await remoteUrl(repo, remote);
  const slug = url === null ? null : parseSlug(url);
  const client = slug && connect(slug);
  return slug && client ? mergedPulls(client, slug, branches, signal) : [];
}
