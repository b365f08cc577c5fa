import type { FilePatch, Hunk } from "../git/patch";
import type { Fate, GoneFile, GoneLine } from "./gone";
import { isBookkeeping, isGenerated } from "./rules/generated";
import { squeeze, telling, weight } from "./text";

/** Letters and digits that a block must have to count as moved: git's own bound for colouring moved lines. */
const movedBlock = 20;

/**
 * Lists every line that goes, and explains those whose text is still there: laid out otherwise, moved, or made by a
 * program. What stays "open" is really removed, and what is left of the added lines really comes.
 */
export function cancel(patches: readonly FilePatch[]): GoneFile[] {
  const drafts = patches.map((patch) => ({ patch, lines: goneLines(patch), pool: new Pool() }));
  for (const { patch, lines, pool } of drafts) {
    if (isGenerated(patch.oldPath)) for (const line of lines) line.fate = "generated";
    else cancelInFile(patch, lines, pool);
  }
  cancelMoved(drafts);
  return drafts.map(({ patch, lines, pool }) => {
    settleSlight(lines);
    return { patch, lines, fresh: pool.left() };
  });
}

function goneLines(patch: FilePatch): GoneLine[] {
  if (patch.status === "copied" || patch.status === "added") return [];
  return patch.hunks.flatMap((hunk) =>
    hunk.removed.map((text, i) => ({
      line: hunk.oldStart + i,
      text,
      weight: weight(text),
      hunk,
      fate: "open" as Fate,
    })),
  );
}

/** An added line that may turn out to be an old one. */
interface Spare {
  readonly text: string;
  readonly hunk: Hunk;
  readonly home: Pool;
}

/** Added lines by their text without white space. */
class Pool {
  private readonly spares = new Map<string, Spare[]>();

  put(spare: Spare): void {
    const key = squeeze(spare.text);
    const same = this.spares.get(key);
    if (same) same.push(spare);
    else this.spares.set(key, [spare]);
  }

  putAll(other: Pool): void {
    for (const same of other.spares.values()) for (const spare of same) this.put(spare);
  }

  /** Takes one out, where asked only one of that hunk. */
  take(text: string, hunk?: Hunk): Spare | undefined {
    const same = this.spares.get(squeeze(text)) ?? [];
    const at = hunk ? same.findIndex((spare) => spare.hunk === hunk) : 0;
    return at === -1 ? undefined : same.splice(at, 1)[0];
  }

  drop(spare: Spare): void {
    const same = this.spares.get(squeeze(spare.text)) ?? [];
    const at = same.indexOf(spare);
    if (at >= 0) same.splice(at, 1);
  }

  left(): Map<Hunk, string[]> {
    const left = new Map<Hunk, string[]>();
    for (const same of this.spares.values())
      for (const { hunk, text } of same) {
        const texts = left.get(hunk);
        if (texts) texts.push(text);
        else left.set(hunk, [text]);
      }
    return left;
  }
}

/** Sets lines against equal ones of the same file, first of the same place. */
function cancelInFile(patch: FilePatch, lines: readonly GoneLine[], pool: Pool): void {
  const rewrapped = new Set(patch.hunks.filter(isRewrapped));
  for (const hunk of patch.hunks)
    for (const text of rewrapped.has(hunk) ? [] : hunk.added)
      if (!isBookkeeping(patch.newPath, text)) pool.put({ text, hunk, home: pool });
  for (const line of lines) if (isBookkeeping(patch.oldPath, line.text)) line.fate = "generated";
  for (const line of lines)
    if (
      line.fate === "open" &&
      (rewrapped.has(line.hunk) || (line.weight > 0 && pool.take(line.text, line.hunk)))
    )
      line.fate = "reformatted";
  for (const line of lines)
    if (line.fate === "open" && line.weight > 0 && pool.take(line.text)) line.fate = "reformatted";
}

/** The same characters over other line ends. */
function isRewrapped(hunk: Hunk): boolean {
  return hunk.added.length > 0 && squeeze(hunk.removed.join("")) === squeeze(hunk.added.join(""));
}

interface Draft {
  readonly patch: FilePatch;
  readonly lines: readonly GoneLine[];
  readonly pool: Pool;
}

function cancelMoved(drafts: readonly Draft[]): void {
  const open = drafts.filter(({ lines }) => lines.some((line) => line.fate === "open"));
  if (open.length === 0 || drafts.length < 2) return;
  const everywhere = new Pool();
  for (const { pool } of drafts) everywhere.putAll(pool);
  for (const { lines } of open) {
    let block: { line: GoneLine; spare: Spare }[] = [];
    const close = () => {
      const moved = block.reduce((sum, { line }) => sum + line.weight, 0) >= movedBlock;
      for (const { line, spare } of block) {
        if (!moved) everywhere.put(spare);
        else {
          line.fate = "moved";
          spare.home.drop(spare);
        }
      }
      block = [];
    };
    for (const line of lines) {
      if (line.fate !== "open" || block.at(-1)?.line.hunk !== line.hunk) close();
      const spare = line.fate === "open" ? everywhere.take(line.text) : undefined;
      if (spare) block.push({ line, spare });
      else if (line.weight >= telling) close();
    }
    close();
  }
}

/** A line that says nothing follows its neighbours: it is open only where a telling line of its hunk is. */
function settleSlight(lines: readonly GoneLine[]): void {
  const told = new Set<Hunk>();
  for (const line of lines) if (line.fate === "open" && line.weight >= telling) told.add(line.hunk);
  for (const line of lines) if (line.fate === "open" && !told.has(line.hunk)) line.fate = "slight";
}
