import { readFilesAt } from "../git/filesAt";
import { chooseTarget, readRefs } from "../git/refs";
import { readRenames } from "../git/renames";
import type { Repo } from "../git/repo";
import { commitsBeyond, findRevision, type Revision } from "../git/revision";
import { done, type Outcome, refused } from "../model/outcome";
import type { Refutation } from "../model/refutation";
import type { FindingId, JudgedFinding, ReviewRun, StoredFinding } from "../model/verdict";
import { FileText } from "./anchor";
import { type Counts, countStatuses, type Precision, precisions } from "./counts";
import { rank } from "./rank";
import { judge, lastVerdicts } from "./status";
import {
  type KnownRuns,
  readAllRefutations,
  readRuns,
  readSent,
  readVerdicts,
  type StoredRun,
} from "./store";

/** What is known of one head's review. */
export interface Review {
  readonly head: Revision;
  /** Oldest first. None: this head was not reviewed, which is not "no findings". */
  readonly runs: readonly ReviewRun[];
  /** Ranked, see `rank`. */
  readonly findings: readonly JudgedFinding[];
  readonly counts: Counts;
  readonly precision: readonly Precision[];
  /** What those found who tried to disprove them, oldest first. */
  readonly refutations: ReadonlyMap<FindingId, readonly Refutation[]>;
  /** The head's files that findings are in. */
  readonly files: ReadonlyMap<string, FileText>;
}

/** Reads the findings about a head and decides what became of them. Refused as `unknown-ref`. */
export async function readReview(repo: Repo, ref: string, known?: KnownRuns): Promise<Outcome<Review>> {
  const head = await findRevision(repo, ref);
  if (!head) return unknownRef(ref);
  const { commonDir } = repo;
  const [runs, verdicts, sent, refutations] = await Promise.all([
    readRuns(commonDir, known),
    readVerdicts(commonDir),
    readSent(commonDir),
    readAllRefutations(commonDir),
  ]);
  const mine = await ofHead(repo, head, runs);
  const raised = mine.flatMap(({ findings }) => findings);
  const all = runs.flatMap(({ findings }) => findings);
  const decisions = lastVerdicts(verdicts);
  const remembered = all.filter(({ id }) => decisions.get(id)?.verdict === "overrule");
  const { files, pathNow } = await filesNow(repo, head, [...raised, ...remembered]);
  const findings = judge({
    head: head.oid,
    raised,
    known: remembered,
    verdicts,
    sent,
    pathNow,
    fileAt: (path) => files.get(path) ?? null,
  });
  return done({
    head,
    runs: mine.map(({ run }) => run),
    findings: rank(findings),
    counts: countStatuses(findings),
    precision: precisions(all, verdicts),
    refutations: byFinding(refutations),
    files,
  });
}

function byFinding(refutations: readonly Refutation[]): Map<FindingId, Refutation[]> {
  const groups = new Map<FindingId, Refutation[]>();
  for (const each of refutations) groups.set(each.findingId, [...(groups.get(each.findingId) ?? []), each]);
  return groups;
}

export function unknownRef(ref: string): ReturnType<typeof refused> {
  return refused(
    "unknown-ref",
    `There is no commit ${ref} in this repo.`,
    "Name a branch, a tag or a commit that it has; fetch it if it is on the remote.",
  );
}

/** A run belongs to the branch it was made for, however that was rebased since, and to whatever contains its commit. */
async function ofHead(repo: Repo, head: Revision, runs: readonly StoredRun[]): Promise<StoredRun[]> {
  if (runs.length === 0) return [];
  const target = chooseTarget(await readRefs(repo));
  const own = new Set(
    target && target.oid !== head.oid ? await commitsBeyond(repo, head.oid, target.oid) : [],
  );
  own.add(head.oid);
  return runs.filter(
    ({ run }) => own.has(run.headOid) || (head.branch !== null && run.branch === head.branch),
  );
}

async function filesNow(repo: Repo, head: Revision, findings: readonly StoredFinding[]) {
  const texts = await readFilesAt(
    repo,
    head.oid,
    findings.map(({ path }) => path),
  );
  const lost = findings.filter(({ path, headOid }) => texts.get(path) === null && headOid !== head.oid);
  const moved = new Map<string, Map<string, string>>();
  for (const headOid of new Set(lost.map((finding) => finding.headOid))) {
    moved.set(headOid, await readRenames(repo, headOid, head.oid));
  }
  const pathNow = (finding: StoredFinding): string =>
    texts.get(finding.path) == null
      ? (moved.get(finding.headOid)?.get(finding.path) ?? finding.path)
      : finding.path;
  const newPaths = lost.map(pathNow).filter((path) => !texts.has(path));
  const files = new Map<string, FileText>();
  for (const [path, text] of [...texts, ...(await readFilesAt(repo, head.oid, newPaths))]) {
    if (text !== null) files.set(path, new FileText(text));
  }
  return { files, pathNow };
}
