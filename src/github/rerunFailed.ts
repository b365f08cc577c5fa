import { done, type Outcome, refused } from "../model/outcome";
import type { PullRequest, Slug } from "../model/pull";
import type { GitHub } from "./client";
import { faultOf } from "./fault";

/** Runs the failed jobs of GitHub Actions again; other checks are run by whoever posted them. */
export async function rerunFailed(client: GitHub, slug: Slug, pull: PullRequest): Promise<Outcome<number>> {
  const { runs, failed } = pull.checks;
  if (runs.length === 0)
    return refused(
      "nothing-to-rerun",
      failed.length > 0 ? "The failed checks are no runs of GitHub Actions." : "No check has failed.",
      "Nothing was changed. What else checks this pull request has to be started where it runs.",
    );
  for (const run of runs) {
    try {
      await client.rest.actions.reRunWorkflowFailedJobs({
        owner: slug.owner,
        repo: slug.name,
        run_id: run,
        request: { retries: 0 },
      });
    } catch (error) {
      return { ok: false, refusal: faultOf(error, slug.host, true).refusal };
    }
  }
  return done(runs.length);
}
