import { createHash } from "node:crypto";
import { readAuthors } from "../git/authors";
import { type Landing, readTouching } from "../git/landings";
import { utf8 } from "../git/quoted";
import type { Repo } from "../git/repo";
import type {
  CheckConflict,
  CheckDocument,
  CheckVerdict,
  Deletion,
  DeletionKind,
  Introducer,
} from "../model/check";
import type { DeletionId } from "../model/decision";
import type { Oid } from "../model/worktree";
import { pullRequest } from "./case";
import type { Examined } from "./examine";
import type { Decision } from "./judge";
import { findNotes } from "./notes";
import { findPlaces, type Place } from "./place";
import type { Names } from "./prepare";
import { squeeze } from "./text";

/** Puts what was found into the shape that programs read. */
export async function toDocument(
  repo: Repo,
  examined: Examined,
  names: Names,
  signal?: AbortSignal,
): Promise<CheckDocument> {
  const { judgement, question, range } = examined;
  const shown = [...judgement.losses, ...judgement.questions];
  const [places, notes, [conflicting, authors]] = await Promise.all([
    findPlaces(repo, examined, shown, signal),
    findNotes(repo, examined, signal),
    readConflicts(repo, examined, signal),
  ]);
  const introducer = (landing: Landing, writer = landing.author): Introducer => ({
    oid: landing.oid,
    subject: landing.subject,
    author: writer,
    committedAt: landing.committedAt,
    pr: pullRequest(landing.subject),
  });
  const deletion = (decision: Decision): Deletion =>
    toDeletion(
      decision,
      places.get(decision),
      decision.landings.map((landing) => introducer(landing, landing.writer)),
    );
  const conflicts: CheckConflict[] = conflicting.map(({ path, landings }) => ({
    path: utf8(path),
    atRisk: landings.map((landing) => introducer(landing, authors.get(landing.parents[1] ?? ""))),
  }));
  const document = {
    schemaVersion: 1 as const,
    base: { ref: names.base, oid: question.base },
    head: names.head,
    worktree: names.head.oid !== question.head,
    method: question.method,
    mergeBase: range.mergeBase,
    recordedBase: question.recordedBase,
    behind: range.missing.size,
    // Files on disk were checked as one commit more, which nobody made.
    ahead: range.own.filter(({ oid }) => oid === names.head.oid || oid !== question.head).length,
    losses: judgement.losses.map(deletion),
    questions: judgement.questions.map(deletion),
    intended: judgement.intended.map((decision) => ({ ...deletion(decision), why: decision.why ?? "" })),
    notes,
    looksOnly: countLooksOnly(examined),
    conflicts,
  };
  const { schemaVersion, base, head, worktree, method, mergeBase, recordedBase, behind, ahead, ...lists } =
    document;
  const verdict = verdictOf(document);
  const ends = { schemaVersion, base, head, worktree, method, mergeBase, recordedBase, behind, ahead };
  return { ...ends, verdict, ...lists };
}

/** The worst that holds. */
export function verdictOf(found: Omit<CheckDocument, "verdict">): CheckVerdict {
  if (found.losses.length > 0) return "lossy";
  if (found.conflicts.length > 0) return "conflict";
  if (found.questions.length > 0) return "question";
  return found.behind > 0 ? "stale" : "clean";
}

function toDeletion(decision: Decision, place: Place | undefined, introducedBy: Introducer[]): Deletion {
  const { patch } = decision.file;
  const kind = kindOf(decision);
  return {
    id: deletionId(decision, kind),
    path: utf8(patch.oldPath),
    kind,
    baseRanges: ranges(decision.lines.map(({ line }) => line)),
    lines: decision.lines.length,
    headPath: place
      ? place.headPath && utf8(place.headPath)
      : patch.status === "deleted"
        ? null
        : utf8(patch.newPath),
    headLine: place?.headLine ?? null,
    introducedBy,
    removedBy: place?.removedBy ?? decision.removedBy,
    evidence: decision.evidence,
    confidence: decision.confidence,
  };
}

/** Made of what would go and whose it is, and of no line number or commit of the branch. */
function deletionId({ file, landings, lines }: Decision, kind: DeletionKind): DeletionId {
  const oids = landings.map(({ oid }) => oid).sort();
  const parts = [file.patch.oldPath, kind, oids, lines.map(({ text }) => squeeze(text))];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function kindOf({ file: { patch, lines: all }, lines, evidence }: Decision): DeletionKind {
  if (patch.oldMode === "160000") return "submodule";
  if (patch.binary) return "binary";
  if (evidence.some(({ code }) => code === "move-undone")) return "move-undone";
  if (patch.status === "deleted" && lines.length === all.filter(({ fate }) => fate === "open").length)
    return "file";
  if (patch.hunks.length === 0 && patch.oldMode !== patch.newMode) return "mode";
  return evidence.some(({ code }) => code === "old-version") ? "resurrected-old-version" : "lines";
}

/** `[3, 4, 5, 9]` → `[[3, 5], [9, 9]]` */
export function ranges(lines: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] + 1 === line) last[1] = line;
    else found.push([line, line]);
  }
  return found;
}

/** What the two-dot diff shows as deleted although the merge keeps it. */
function countLooksOnly({ twoDot, facts, merged }: Examined): CheckDocument["looksOnly"] {
  const counts = new Map(twoDot?.removed);
  for (const path of merged.conflicts) counts.delete(path);
  for (const { patch, lines } of facts.files) {
    const count = counts.get(patch.oldPath);
    if (count !== undefined) counts.set(patch.oldPath, count - (patch.binary ? 1 : lines.length));
  }
  const left = [...counts.values()].filter((count) => count > 0);
  const lines = left.reduce((sum, count) => sum + count, 0);
  return { files: left.length, lines, more: twoDot?.complete === false };
}

/** For each path in conflict, the landings whose work there the branch has never had. */
async function conflictLandings(
  repo: Repo,
  examined: Examined,
  signal: AbortSignal | undefined,
): Promise<{ path: string; landings: Landing[] }[]> {
  const { question, late, merged } = examined;
  if (merged.conflicts.length === 0) return [];
  const query = { tip: question.base, without: late.newest ?? "", paths: merged.conflicts };
  // Where the branch has nothing of the target's line, nobody can be named, and it conflicts all the same.
  const landings = late.newest === null ? [] : await readTouching(repo, query, { signal });
  return merged.conflicts.map((path) => ({
    path,
    landings: landings.filter(({ paths }) => paths.has(path)),
  }));
}

/** What conflicts, with whose work, and who wrote what was merged of that. */
async function readConflicts(repo: Repo, examined: Examined, signal: AbortSignal | undefined) {
  const conflicting = await conflictLandings(repo, examined, signal);
  return [
    conflicting,
    await readMergedAuthors(
      repo,
      conflicting.flatMap(({ landings }) => landings),
    ),
  ] as const;
}

/** A merge commit is written by whoever pressed the button; the work is its second parent's author's. */
async function readMergedAuthors(repo: Repo, landings: readonly Landing[]): Promise<Map<Oid, string>> {
  return readAuthors(repo, [...new Set(landings.flatMap(({ parents }) => parents.slice(1, 2)))]);
}
