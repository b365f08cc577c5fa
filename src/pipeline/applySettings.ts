import type { GitHub } from "../github/client";
import { requireChecks, setMerging } from "../github/repoSettings";
import { done, type Outcome } from "../model/outcome";
import type { Slug } from "../model/pull";
import type { RepoSettings } from "../model/repoSettings";
import { type SettingStep, type SettingStepId, wantedChecks } from "./planSettings";

/** Makes the changes of a plan, and gives those that were made. Refused as GitHub refuses; what was made by then stays. */
export async function applySettings(
  client: GitHub,
  slug: Slug,
  now: RepoSettings,
  steps: readonly SettingStep[],
  review: boolean,
): Promise<Outcome<readonly SettingStepId[]>> {
  const due = steps.filter(({ state }) => state === "change").map(({ id }) => id);
  const merging = due.filter((id) => id !== "required-checks");
  if (merging.length > 0) {
    const set = await setMerging(client, slug, {
      ...(due.includes("auto-merge") ? { autoMerge: true } : {}),
      ...(due.includes("delete-branch") ? { deleteBranchOnMerge: true } : {}),
      ...(due.includes("squash") ? { squash: true } : {}),
    });
    if (!set.ok) return set;
  }
  if (due.includes("required-checks")) {
    const set = await requireChecks(client, slug, now.ruleset, wantedChecks(review));
    if (!set.ok) return set;
  }
  return done(due);
}
