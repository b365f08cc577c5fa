import type { Repo } from "../../git/repo";
import { severities } from "../../model/finding";
import { done, type Outcome } from "../../model/outcome";
import type { Refutation } from "../../model/refutation";
import type { StoredFinding } from "../../model/verdict";
import { type Brief, refutePrompt } from "../prompt/compose";
import { refutationsSchema } from "../prompt/schemas";
import type { Asking, Reviewer } from "../reviewers/reviewer";
import { appendRefutations } from "../store";
import { readRefutations } from "./answer";

// The worst first; nobody argues well about more at once.
const most = 50;

/**
 * Has somebody else, as fresh, try to disprove what was found, and stores each argument beside its finding. It decides
 * nothing: a person does. Refused as Reviewer.ask and readRefutations refuse.
 */
export async function refute(
  repo: Repo,
  brief: Brief,
  findings: readonly StoredFinding[],
  refuter: Reviewer,
  asking: Asking,
): Promise<Outcome<number>> {
  const worst = [...findings].sort((a, b) => rank(a) - rank(b)).slice(0, most);
  const prompt = refutePrompt(brief, worst, refutationsSchema, asking.desk.checkout);
  const said = await refuter.ask({ prompt, schema: refutationsSchema }, asking);
  if (!said.ok) return said;
  const answer = readRefutations(said.value.text);
  if (!answer.ok) return answer;
  const byId = new Map(worst.map((finding) => [finding.id, finding]));
  const refutations = answer.value.flatMap(({ id, state, argument }): Refutation[] => {
    const finding = byId.get(id);
    // Each once, and none that nobody asked about.
    if (!finding || !byId.delete(id)) return [];
    const at = new Date().toISOString();
    return [{ findingId: id, runId: finding.runId, by: refuter.label, state, argument, at }];
  });
  await appendRefutations(repo.commonDir, refutations);
  return done(refutations.length);
}

function rank({ severity }: StoredFinding): number {
  return severities.indexOf(severity);
}
