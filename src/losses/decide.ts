import { personName } from "../git/person";
import type { Repo } from "../git/repo";
import type { LossDecision } from "../model/decision";
import { done, type Outcome, refused } from "../model/outcome";
import { appendDecision } from "./decisions";

const longestReason = 1_000;

/**
 * Notes what a person says of a deletion, on disk before this returns. Refused as `reason-missing` or
 * `reason-too-long`.
 */
export async function decide(
  repo: Repo,
  saying: Pick<LossDecision, "deletionId" | "branch" | "headOid" | "decision" | "reason">,
): Promise<Outcome<LossDecision>> {
  const reason = saying.reason?.trim() || null;
  if (saying.decision === "meant" && reason === null) {
    return refused(
      "reason-missing",
      "A deletion counts as meant only with a reason, because others will ask.",
      'Say why, for example "replaced by the new exporter". Nothing was noted.',
    );
  }
  if ((reason?.length ?? 0) > longestReason) {
    return refused(
      "reason-too-long",
      `The reason is longer than ${longestReason} characters.`,
      "Shorten it. Nothing was noted.",
    );
  }
  const { deletionId, branch, headOid, decision } = saying;
  const by = (await personName(repo)).slice(0, 200);
  const noted: LossDecision = {
    deletionId,
    branch,
    headOid,
    decision,
    reason,
    by,
    at: new Date().toISOString(),
  };
  await appendDecision(repo.commonDir, noted);
  return done(noted);
}
