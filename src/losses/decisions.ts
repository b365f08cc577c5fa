import path from "node:path";
import type { CheckDocument, Deletion, IntendedDeletion } from "../model/check";
import { type LossDecision, lossDecisionSchema } from "../model/decision";
import { notesDir } from "../store/home";
import { appendLine, readLines } from "../store/log";
import { verdictOf } from "./document";

function decisionsFile(commonDir: string): string {
  return path.join(notesDir(commonDir), "decisions.jsonl");
}

/** One line in one write, so windows and command lines may do it at the same time. */
export async function appendDecision(commonDir: string, decision: LossDecision): Promise<void> {
  await appendLine(decisionsFile(commonDir), decision);
}

/** Oldest first. */
export async function readDecisions(commonDir: string): Promise<LossDecision[]> {
  return readLines(decisionsFile(commonDir), lossDecisionSchema);
}

/** Whether a decision speaks of this branch, or, where there is none, of this very commit. */
export function speaksOf(decision: LossDecision, branch: string | null, head: string): boolean {
  return decision.branch === branch && (branch !== null || decision.headOid === head);
}

/** What was found, with what a person called meant moved where meant deletions are. Nothing said: the same object. */
export function applyDecisions(
  document: CheckDocument,
  decisions: readonly LossDecision[],
  branch: string | null,
): CheckDocument {
  const last = new Map<string, LossDecision>();
  for (const each of decisions)
    if (speaksOf(each, branch, document.head.oid)) last.set(each.deletionId, each);
  const saying = ({ id }: Deletion) => {
    const said = last.get(id);
    return said?.decision === "meant" ? said : undefined;
  };
  const asked = [...document.losses, ...document.questions];
  const meant = asked.flatMap((deletion) => {
    const said = saying(deletion);
    return said ? [toIntended(deletion, said)] : [];
  });
  if (meant.length === 0) return document;
  const left = {
    ...document,
    losses: document.losses.filter((loss) => !saying(loss)),
    questions: document.questions.filter((question) => !saying(question)),
    intended: [...document.intended, ...meant],
  };
  return { ...left, verdict: verdictOf(left) };
}

function toIntended(deletion: Deletion, { reason, by, at }: LossDecision): IntendedDeletion {
  const why = reason ?? "";
  const declared = { code: "declared" as const, detail: `${by} says it is meant: ${why}` };
  return {
    ...deletion,
    evidence: [declared, ...deletion.evidence],
    confidence: "certain",
    why,
    decided: { by, at },
  };
}
