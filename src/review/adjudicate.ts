import { personName } from "../git/person";
import type { Repo } from "../git/repo";
import { findRevision } from "../git/revision";
import { done, type Outcome, refused } from "../model/outcome";
import type { FindingId, Verdict } from "../model/verdict";
import { unknownRef } from "./review";
import { appendVerdict, type KnownRuns, readRuns } from "./store";

/** What a person says of a finding. */
export interface Saying {
  /** The id, or as much of its beginning as tells it from others. */
  readonly finding: string;
  readonly verdict: Verdict["verdict"];
  readonly reason: string | null;
  /** What the person looks at; HEAD unless told. */
  readonly ref?: string;
}

const longestReason = 1_000;

const turns = new Map<string, Promise<unknown>>();

/** By repo: runs never change once they are noted, and a person decides many times on the same ones. */
const runsSeen = new Map<string, KnownRuns>();

/**
 * Notes a verdict, on disk before this returns; calls of one process are noted in the order in which they were made, so
 * that a quick undo is the last word. Refused as `reason-missing`, `reason-too-long`, `unknown-finding`,
 * `ambiguous-finding` or `unknown-ref`.
 */
export function adjudicate(repo: Repo, saying: Saying): Promise<Outcome<Verdict>> {
  const before = turns.get(repo.commonDir) ?? Promise.resolve();
  const mine = before.then(() => note(repo, saying));
  turns.set(
    repo.commonDir,
    mine.catch(() => {}),
  );
  return mine;
}

async function note(
  repo: Repo,
  { finding, verdict, reason, ref = "HEAD" }: Saying,
): Promise<Outcome<Verdict>> {
  const said = reason?.trim() || null;
  if (verdict === "overrule" && said === null) {
    return refused(
      "reason-missing",
      "A finding is overruled only with a reason, because the next reviewer is told it.",
      'Say why, for example "false alarm: the list is never empty here". Nothing was noted.',
    );
  }
  if ((said?.length ?? 0) > longestReason) {
    return refused(
      "reason-too-long",
      `The reason is longer than ${longestReason} characters.`,
      "Shorten it. Nothing was noted.",
    );
  }
  const [id, head] = await Promise.all([findFinding(repo, finding), findRevision(repo, ref)]);
  if (!id.ok) return id;
  if (!head) return unknownRef(ref);
  const noted: Verdict = {
    findingId: id.value,
    headOid: head.oid,
    verdict,
    reason: said,
    by: (await personName(repo)).slice(0, 200),
    at: new Date().toISOString(),
  };
  await appendVerdict(repo.commonDir, noted);
  return done(noted);
}

const fewestDigits = 4;

async function findFinding(repo: Repo, start: string): Promise<Outcome<FindingId>> {
  const seen = runsSeen.get(repo.commonDir) ?? new Map();
  runsSeen.set(repo.commonDir, seen);
  const runs = await readRuns(repo.commonDir, seen);
  const ids = [...new Set(runs.flatMap(({ findings }) => findings.map(({ id }) => id)))];
  const found = start.length < fewestDigits ? [] : ids.filter((id) => id.startsWith(start));
  const [only, second] = found;
  if (only !== undefined && second === undefined) return done(only);
  if (only !== undefined) {
    return refused(
      "ambiguous-finding",
      `${found.length} findings begin with ${start}.`,
      `Give more of the id: ${found.slice(0, 5).join(", ")}.`,
    );
  }
  return refused(
    "unknown-finding",
    `There is no finding ${start} in this repo.`,
    "agent-foreman findings lists them; four digits of the id are enough. Nothing was noted.",
  );
}
