import { readFilesAt } from "../../git/filesAt";
import type { Repo } from "../../git/repo";
import type { Finding } from "../../model/finding";
import type { Oid } from "../../model/worktree";
import { FileText, findQuote } from "../anchor";

export interface Kept {
  readonly findings: readonly Finding[];
  /** How many speak of a place that is not there. */
  readonly invented: number;
  /** The head's files that they are in. */
  readonly files: ReadonlyMap<string, FileText>;
}

/** Drops what a reviewer raised about places that are neither in the head nor, of code that is taken away, in what it was before. */
export async function keepReal(
  repo: Repo,
  head: Oid,
  mergeBase: Oid,
  findings: readonly Finding[],
): Promise<Kept> {
  const [now, before] = await Promise.all([
    textsAt(repo, head, findings),
    textsAt(
      repo,
      mergeBase,
      findings.filter(({ side }) => side === "LEFT"),
    ),
  ]);
  const real = findings.filter((finding) => {
    const file = (finding.side === "LEFT" ? before : now).get(finding.path);
    if (!file) return false;
    return finding.quote === null || finding.quote.trim() === ""
      ? finding.quote === null
      : hasQuote(file, finding.quote, finding.startLine);
  });
  return { findings: real, invented: findings.length - real.length, files: now };
}

/** Which of several equal places is meant does not matter here. */
function hasQuote(file: FileText, quote: string, line: number | null): boolean {
  return findQuote(file, quote, { line: line ?? 1 }) !== null;
}

async function textsAt(
  repo: Repo,
  commit: Oid,
  findings: readonly Finding[],
): Promise<Map<string, FileText>> {
  const texts = await readFilesAt(
    repo,
    commit,
    findings.map(({ path }) => path),
  );
  return new Map([...texts].flatMap(([path, text]) => (text === null ? [] : [[path, new FileText(text)]])));
}
