import { fetchBranch } from "../git/fetch";
import { listRefs } from "../git/listRefs";
import type { TargetRef } from "../git/refs";
import type { Repo } from "../git/repo";
import { done, type Outcome, refused } from "../model/outcome";
import { noteFetched } from "../store/fetched";

/** Brings the target up to date with its remote. Refused as `no-remote`, `fetch-failed` or `cancelled`. */
export async function fetchTarget(
  repo: Repo,
  target: TargetRef,
  options: { readonly signal?: AbortSignal; readonly timeoutMs: number },
): Promise<Outcome<null>> {
  const { remote, branch, ref } = target;
  if (remote === null) return refused("no-remote", "This repo has no remote.", "There is nothing to fetch.");
  const result = await fetchBranch(repo, { remote, branch }, options);
  if (options.signal?.aborted) return refused("cancelled", "Fetching was cancelled.", "Nothing was changed.");
  if (result.exitCode !== 0) {
    const why = result.exitCode === null ? "it took too long" : lastLine(result.stderr);
    return refused(
      "fetch-failed",
      `${remote} could not be fetched: ${why}.`,
      "Check the network and your right to read it. What is known is unchanged.",
    );
  }
  const oid = (await listRefs(repo, [ref])).get(ref);
  if (oid !== undefined) await noteFetched(repo.commonDir, { ref, oid, at: new Date().toISOString() });
  return done(null);
}

function lastLine(stderr: string): string {
  return stderr.trim().split("\n").at(-1)?.replace(/\.$/, "") || "git did not say why";
}
