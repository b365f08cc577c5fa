import path from "node:path";
import * as v from "valibot";
import type { Repo } from "../git/repo";
import { notesDir } from "../store/home";
import { appendLine, readLines } from "../store/log";

const lineSchema = v.object({
  id: v.string(),
  at: v.string(),
  /** The branch that was recovered, as it was named then, and its head. */
  branch: v.string(),
  head: v.string(),
  newBranch: v.string(),
  tip: v.string(),
  rescueRef: v.string(),
  pushed: v.boolean(),
});
/** A recovery that is done: which branch the new one takes the place of. */
export type RecoveredBranch = v.InferOutput<typeof lineSchema>;

function logFile(repo: Pick<Repo, "commonDir">): string {
  return path.join(notesDir(repo.commonDir), "recovered.jsonl");
}

/** A second time for the same one changes nothing. */
export async function noteRecovered(repo: Repo, line: RecoveredBranch): Promise<void> {
  if ((await readRecovered(repo)).some(({ id }) => id === line.id)) return;
  await appendLine(logFile(repo), line);
}

/** The recoveries that are done, oldest first. */
export async function readRecovered(repo: Pick<Repo, "commonDir">): Promise<RecoveredBranch[]> {
  return readLines(logFile(repo), lineSchema);
}

/** What a branch was recovered from, for whoever opens its pull request; null where it was not. */
export async function recoveredFrom(
  repo: Pick<Repo, "commonDir">,
  newBranch: string,
): Promise<RecoveredBranch | null> {
  return (await readRecovered(repo)).findLast((line) => line.newBranch === newBranch) ?? null;
}
