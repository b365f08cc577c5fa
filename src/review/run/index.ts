import type { Repo } from "../../git/repo";
import type { CheckDocument } from "../../model/check";
import type { FindingDocument } from "../../model/finding";
import { done, type Outcome } from "../../model/outcome";
import type { ReviewRun, StoredFinding } from "../../model/verdict";
import { newId } from "../../store/pending";
import { identify } from "../identify";
import { type Brief, repairPrompt, reviewPrompt } from "../prompt/compose";
import { answerSchema } from "../prompt/schemas";
import type { Asking, Reviewer, Said } from "../reviewers/reviewer";
import { readRuns, writeRun } from "../store";
import { readAnswer } from "./answer";
import { gatherBrief } from "./brief";
import { withDesk } from "./desk";
import { keepReal } from "./keep";
import { refute } from "./refute";

/** A review that is wanted. */
export interface ReviewRequest {
  /** What is reviewed, and what landing it would take from its target. */
  readonly check: CheckDocument;
  readonly branch: string | null;
  /** The builder's task in the person's words, where it is known. */
  readonly task: string | null;
  readonly reviewer: Reviewer;
  /** Tries to disprove what was found; null: nobody does. */
  readonly refuter: Reviewer | null;
  readonly limits: Pick<Asking, "timeoutMs" | "maxCostUsd">;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** `who` does something now, told in unchecked text. */
  readonly onProgress?: (who: string, step: string) => void;
  /** The findings are stored; the refuter is still to come. */
  readonly onStored?: (run: ReviewRun) => void;
}

export interface Reviewed {
  readonly run: ReviewRun;
  /** Why nothing was tried to be disproved although that was wanted; null: it was, or was not wanted. */
  readonly notRefuted: string | null;
}

/**
 * Has a fresh reviewer look at a commit, and stores what it finds. Refused as gatherBrief, withDesk, Reviewer.ask and
 * readAnswer refuse: then nothing is stored, and the commit counts as not reviewed.
 */
export async function reviewCommit(repo: Repo, request: ReviewRequest): Promise<Outcome<Reviewed>> {
  const { check, reviewer, refuter, signal, env, limits, onProgress } = request;
  const brief = await gatherBrief(repo, check, request.task);
  if (!brief.ok) return brief;
  return withDesk(repo, check.head.oid, signal, async (desk) => {
    const askingFor = (who: Reviewer): Asking => ({
      desk,
      env,
      ...limits,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress: (step) => onProgress(who.label, step) } : {}),
    });
    const began = performance.now();
    const answered = await askForFindings(brief.value, reviewer, askingFor(reviewer));
    if (!answered.ok) return answered;
    const durationMs = Math.round(performance.now() - began);
    const stored = await store(repo, request, brief.value, { ...answered.value, durationMs });
    request.onStored?.(stored.run);
    if (!refuter || stored.findings.length === 0) return done({ run: stored.run, notRefuted: null });
    const tried = await refute(repo, brief.value, stored.findings, refuter, askingFor(refuter));
    return done({ run: stored.run, notRefuted: tried.ok ? null : tried.refusal.message });
  });
}

interface Answered {
  readonly document: FindingDocument;
  readonly said: Pick<Said, "costUsd" | "model">;
}

/** Asks, and asks once more where the answer does not fit. */
async function askForFindings(brief: Brief, reviewer: Reviewer, asking: Asking): Promise<Outcome<Answered>> {
  const prompt = reviewPrompt(brief, answerSchema, reviewer.reads ? asking.desk.checkout : null);
  const first = await reviewer.ask({ prompt, schema: answerSchema }, asking);
  if (!first.ok) return first;
  const document = readAnswer(first.value.text);
  if (document.ok) return done({ document: document.value, said: costOf(first.value) });
  asking.onProgress?.("puts its answer into shape");
  const repair = repairPrompt(first.value.text, document.refusal.message, answerSchema);
  const second = await reviewer.ask({ prompt: repair, schema: answerSchema }, asking);
  if (!second.ok) return second;
  const repaired = readAnswer(second.value.text);
  if (!repaired.ok) {
    const hint = `${reviewer.label} was asked twice. It counts as not reviewed.`;
    return { ok: false, refusal: { ...repaired.refusal, hint } };
  }
  return done({ document: repaired.value, said: costOf(first.value, second.value) });
}

function costOf(...all: readonly Said[]): Answered["said"] {
  const known = all.flatMap(({ costUsd }) => costUsd ?? []);
  return {
    costUsd: known.length === all.length ? known.reduce((sum, each) => sum + each, 0) : null,
    model: all.at(-1)?.model ?? null,
  };
}

async function store(
  repo: Repo,
  { check, branch, reviewer }: ReviewRequest,
  { mergeBase }: Brief,
  { document, said, durationMs }: Answered & { readonly durationMs: number },
): Promise<{ readonly run: ReviewRun; readonly findings: readonly StoredFinding[] }> {
  const headOid = check.head.oid;
  const { findings, invented, files } = await keepReal(repo, headOid, mergeBase, document.findings);
  const before = (await readRuns(repo.commonDir)).flatMap((each) => each.findings);
  const identified = identify(findings, (path) => files.get(path) ?? null, before);
  const origin = { headOid, reviewer: reviewer.label, runId: `review-${newId()}` };
  const run: ReviewRun = {
    ...origin,
    branch,
    at: new Date().toISOString(),
    verdict: document.verdict,
    summary: document.summary,
    findings: identified.length,
    invented,
    durationMs,
    ...said,
  };
  const stored = identified.map((finding): StoredFinding => ({ ...finding, ...origin }));
  await writeRun(repo.commonDir, { run, findings: stored });
  return { run, findings: stored };
}
