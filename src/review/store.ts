import path from "node:path";
import * as v from "valibot";
import { type Refutation, refutationSchema } from "../model/refutation";
import {
  type ReviewRun,
  reviewRunSchema,
  type Sent,
  type StoredFinding,
  sentSchema,
  storedFindingSchema,
  type Verdict,
  verdictSchema,
} from "../model/verdict";
import { namesIn, readText, writeAtomic } from "../store/atomic";
import { notesDir } from "../store/home";
import { appendLine, appendLines, readLines } from "../store/log";

/** A run with all that it raised. */
export interface StoredRun {
  readonly run: ReviewRun;
  readonly findings: readonly StoredFinding[];
}

/** Runs that were read before, by id; a run's file never changes. */
export type KnownRuns = Map<string, StoredRun>;

/** Holds `verdicts.jsonl`, `sent.jsonl`, `refutations.jsonl` and a folder for each run with its `findings.jsonl`. */
export function reviewDir(commonDir: string): string {
  return path.join(notesDir(commonDir), "review");
}

const line = v.variant("kind", [
  v.object({ kind: v.literal("run"), run: reviewRunSchema }),
  v.object({ kind: v.literal("finding"), finding: storedFindingSchema }),
]);

function runFile(commonDir: string, runId: string): string {
  return path.join(reviewDir(commonDir), runId, "findings.jsonl");
}

/** Notes a finished run: all of it or nothing, on disk before this returns. The same run twice is one. */
export async function writeRun(commonDir: string, { run, findings }: StoredRun): Promise<void> {
  const file = runFile(commonDir, run.runId);
  if ((await readText(file)) !== null) return;
  const lines = [{ kind: "run", run }, ...findings.map((finding) => ({ kind: "finding", finding }))];
  await writeAtomic(file, lines.map((each) => `${JSON.stringify(each)}\n`).join(""));
}

/** Every run of the repo, oldest first. */
export async function readRuns(commonDir: string, known: KnownRuns = new Map()): Promise<StoredRun[]> {
  const names = (await namesIn(reviewDir(commonDir))).filter((name) => !name.includes("."));
  const runs = await Promise.all(
    names.map(async (name) => {
      const stored = known.get(name) ?? (await readRun(runFile(commonDir, name)));
      if (stored) known.set(name, stored);
      return stored;
    }),
  );
  return runs.flatMap((run) => run ?? []).sort((a, b) => (a.run.at < b.run.at ? -1 : 1));
}

async function readRun(file: string): Promise<StoredRun | null> {
  const lines = await readLines(file, line);
  const run = lines.find((each) => each.kind === "run")?.run;
  if (!run) return null;
  return { run, findings: lines.flatMap((each) => (each.kind === "finding" ? [each.finding] : [])) };
}

function verdictsFile(commonDir: string): string {
  return path.join(reviewDir(commonDir), "verdicts.jsonl");
}

/** One line in one write, so windows and command lines may do it at the same time. */
export async function appendVerdict(commonDir: string, verdict: Verdict): Promise<void> {
  await appendLine(verdictsFile(commonDir), verdict);
}

/** Oldest first. */
export async function readVerdicts(commonDir: string): Promise<Verdict[]> {
  return readLines(verdictsFile(commonDir), verdictSchema);
}

function sentFile(commonDir: string): string {
  return path.join(reviewDir(commonDir), "sent.jsonl");
}

export async function appendSent(commonDir: string, sent: readonly Sent[]): Promise<void> {
  await appendLines(sentFile(commonDir), sent);
}

/** Oldest first. */
export async function readSent(commonDir: string): Promise<Sent[]> {
  return readLines(sentFile(commonDir), sentSchema);
}

function refutationsFile(commonDir: string): string {
  return path.join(reviewDir(commonDir), "refutations.jsonl");
}

/** Notes what came of an attempt to disprove findings, all of it in one write. */
export async function appendRefutations(
  commonDir: string,
  refutations: readonly Refutation[],
): Promise<void> {
  if (refutations.length > 0) await appendLines(refutationsFile(commonDir), refutations);
}

/** Oldest first. */
export async function readAllRefutations(commonDir: string): Promise<Refutation[]> {
  return readLines(refutationsFile(commonDir), refutationSchema);
}
