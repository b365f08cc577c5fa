import type { Finding } from "../model/finding";
import type { FindingId, StoredFinding } from "../model/verdict";
import { type FileText, findQuote } from "./anchor";
import { fingerprint } from "./fingerprint";
import { likeness, speaksOfAnother, wording } from "./same";
import { enclosingSymbol } from "./symbol";

/** A finding with what the reviewed file says of it. */
export type Identified = Finding & Pick<StoredFinding, "id" | "symbol" | "found">;

/**
 * Gives each finding of one run its id. Where a run sees several defects in the same code they are told apart by their
 * words, those of what is stored already first; the same words twice are one finding.
 */
export function identify(
  findings: readonly Finding[],
  fileAt: (path: string) => FileText | null,
  stored: readonly StoredFinding[],
): Identified[] {
  const words = wordsSaid(stored);
  const groups = new Map<FindingId, { finding: Finding; known: Known }[]>();
  for (const finding of findings) {
    const known = look(finding, fileAt(finding.path));
    const first = fingerprint({ ...known.identity, ordinal: 1 });
    const group = groups.get(first) ?? [];
    if (!group.some((each) => wording(each.finding) === wording(finding))) group.push({ finding, known });
    groups.set(first, group);
  }
  return [...groups.values()].flatMap((group) => numbered(group, words));
}

interface Known {
  readonly identity: Omit<Parameters<typeof fingerprint>[0], "ordinal">;
  readonly finding: Finding;
  readonly symbol: string | null;
  readonly found: boolean;
}

function look(finding: Finding, file: FileText | null): Known {
  const { path, category, quote, startLine } = finding;
  const place = file && quote ? findQuote(file, quote, { line: startLine }) : null;
  const symbol = file && place ? enclosingSymbol(file.lines, place.startLine) : null;
  // Whole lines of the file: a reviewer who quotes half of a line means the same line.
  const code = file && place ? file.between(place.startLine, place.endLine) : (quote ?? finding.title);
  return {
    identity: { path, category, symbol, quote: code },
    finding: place ? { ...finding, startLine: place.startLine, endLine: place.endLine } : finding,
    symbol,
    found: quote ? place !== null : file !== null,
  };
}

/** All that was ever said under an id. */
function wordsSaid(stored: readonly StoredFinding[]): ReadonlyMap<FindingId, string> {
  const said = new Map<FindingId, Set<string>>();
  for (const finding of stored) {
    const words = said.get(finding.id) ?? new Set();
    said.set(finding.id, words.add(wording(finding)));
  }
  return new Map([...said].map(([id, words]) => [id, [...words].join("\n")]));
}

/**
 * Each member takes the stored id whose words are most like its own, and those left over the next free ones; so does one
 * that speaks of another kind of defect than everything that is stored.
 */
function numbered(
  group: readonly { finding: Finding; known: Known }[],
  words: ReadonlyMap<FindingId, string>,
): Identified[] {
  const [one] = group;
  if (!one) return [];
  const ids: FindingId[] = [];
  const idAt = (ordinal: number) => {
    ids[ordinal - 1] ??= fingerprint({ ...one.known.identity, ordinal });
    return ids[ordinal - 1] ?? "";
  };
  let used = 1;
  while (words.has(idAt(used + 1))) used++;
  const slots = Array.from({ length: used + group.length }, (_, i) => idAt(i + 1));
  const pairs = group.flatMap((member) =>
    slots
      .filter((id) => !speaksOfAnother(wording(member.finding), words.get(id) ?? ""))
      .map((id) => ({ member, id, score: score(member.finding, words.get(id)) })),
  );
  // Sorting keeps order among equals: first come, first numbered.
  pairs.sort((a, b) => b.score - a.score);
  const taken = new Map<FindingId, Identified>();
  const placed = new Set<Finding>();
  for (const { member, id } of pairs) {
    if (taken.has(id) || placed.has(member.finding)) continue;
    placed.add(member.finding);
    taken.set(id, { ...member.known.finding, id, symbol: member.known.symbol, found: member.known.found });
  }
  return slots.flatMap((id) => taken.get(id) ?? []);
}

function score(finding: Finding, stored: string | undefined): number {
  return stored === undefined ? 0 : likeness(wording(finding), stored);
}
