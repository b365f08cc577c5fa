import { createHash } from "node:crypto";
import { readFilesAt } from "../git/filesAt";
import type { Repo } from "../git/repo";
import { findRevision, isAncestor, type Revision } from "../git/revision";
import type { Finding } from "../model/finding";
import { done, type Outcome, refused } from "../model/outcome";
import type { ReviewRun } from "../model/verdict";
import { FileText } from "./anchor";
import { readFindings } from "./formats/read";
import { identify } from "./identify";
import { unknownRef } from "./review";
import { readRuns, writeRun } from "./store";

export interface ImportRequest {
  readonly text: string;
  /** Who raised them where the text does not say, for example the file's name. */
  readonly reviewer: string;
  /** The branch that they are about; HEAD unless told. */
  readonly ref?: string;
  /** Absolute paths below these folders are inside the repo. */
  readonly roots?: readonly string[];
  /** They are single remarks, see ReviewRun. */
  readonly remarks?: boolean;
}

export const mostBytes = 20 << 20;

export function tooLarge(): ReturnType<typeof refused> {
  return refused(
    "bad-findings",
    `The findings cannot be read: they are larger than ${mostBytes >> 20} MB.`,
    "Nothing was imported. Let the reviewer say less.",
  );
}

/** Refused as `bad-findings`, `unknown-ref` or `unknown-commit`; nothing is noted then. The same text twice is one run. */
export async function importFindings(repo: Repo, request: ImportRequest): Promise<Outcome<ReviewRun>> {
  if (request.text.length > mostBytes) return tooLarge();
  const roots = [...(request.roots ?? []), ...(repo.top ? [repo.top] : []), repo.dir];
  const read = readFindings(request.text, roots);
  if (!read.ok) return read;
  const { document, reviewer } = read.value;
  const ref = request.ref ?? "HEAD";
  const named = await findRevision(repo, ref);
  if (!named) return unknownRef(ref);
  const reviewed = document.headSha === null ? named : await findRevision(repo, document.headSha);
  if (!reviewed) {
    return refused(
      "unknown-commit",
      `The findings are about commit ${document.headSha}, which this repo does not have.`,
      "Nothing was imported. Fetch that commit, or check that the file is about this repo.",
    );
  }
  const branch = await branchOf(repo, reviewed, named);
  const files = await textsAt(repo, reviewed, document.findings);
  const stored = (await readRuns(repo.commonDir)).flatMap(({ findings }) => findings);
  const identified = identify(
    document.findings.map((finding) => withQuote(finding, files.get(finding.path))),
    (path) => files.get(path) ?? null,
    stored,
  );
  const content = JSON.stringify([reviewed.oid, branch, request.text]);
  const runId = `import-${createHash("sha256").update(content).digest("hex").slice(0, 16)}`;
  const run: ReviewRun = {
    runId,
    headOid: reviewed.oid,
    branch,
    reviewer: (reviewer ?? request.reviewer).slice(0, 200),
    at: new Date().toISOString(),
    verdict: document.verdict,
    summary: document.summary,
    findings: identified.length,
    ...(request.remarks ? { remarks: true } : {}),
  };
  const origin = { headOid: run.headOid, reviewer: run.reviewer, runId };
  await writeRun(repo.commonDir, { run, findings: identified.map((finding) => ({ ...finding, ...origin })) });
  return done(run);
}

/** The branch that was asked about where it holds the reviewed commit, and where no commit was named. */
async function branchOf(repo: Repo, reviewed: Revision, named: Revision): Promise<string | null> {
  const same = reviewed.oid === named.oid || (await isAncestor(repo, reviewed.oid, named.oid));
  return same || named.ref !== "HEAD" ? named.branch : null;
}

async function textsAt(
  repo: Repo,
  { oid }: Revision,
  findings: readonly Finding[],
): Promise<Map<string, FileText>> {
  const paths = findings.map(({ path }) => path);
  const texts = await readFilesAt(repo, oid, paths);
  return new Map([...texts].flatMap(([path, text]) => (text === null ? [] : [[path, new FileText(text)]])));
}

const quotedLines = 5;

/** A finding that names lines and quotes nothing means what stands there; ids and anchors go by that. */
function withQuote(finding: Finding, file: FileText | undefined): Finding {
  const { quote, startLine, side } = finding;
  if (quote !== null || startLine === null || side === "LEFT" || !file) return finding;
  const endLine = Math.min(finding.endLine ?? startLine, startLine + quotedLines - 1);
  const lines = file.between(startLine, endLine).slice(0, 2_000);
  return lines.trim() === "" ? finding : { ...finding, quote: lines };
}
