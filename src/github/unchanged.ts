import type { Slug } from "../model/pull";
import type { GitHub } from "./client";

/**
 * Asks whether any pull request was touched since `etag` was given; a "no" costs nothing of the quota. Checks are no
 * touch. Null: it cannot be told, so ask in full. Never throws.
 */
export async function askUnchanged(
  client: GitHub,
  slug: Slug,
  etag: string | null,
  signal?: AbortSignal,
): Promise<{ readonly unchanged: boolean; readonly etag: string | null } | null> {
  try {
    const { headers } = await client.rest.pulls.list({
      owner: slug.owner,
      repo: slug.name,
      state: "all",
      sort: "updated",
      direction: "desc",
      per_page: 1,
      ...(etag === null ? {} : { headers: { "if-none-match": etag } }),
      request: { retries: 0, ...(signal ? { signal } : {}) },
    });
    return { unchanged: false, etag: headers.etag ?? null };
  } catch (error) {
    return (error as { status?: unknown }).status === 304 ? { unchanged: true, etag } : null;
  }
}
