import type { FilePatch, Hunk } from "../git/patch";
import type { Fate, GoneFile, GoneLine } from "./gone";
import { isGenerated } from "./rules/generated";
import { Bag, squeeze, telling, weight } from "./text";

/** Letters and digits that a block must have to count as moved: git's own bound for colouring moved lines. */
const movedBlock = 20;

/**
 * Lists every line that goes, and explains those whose text is still there: laid out otherwise, moved, or made by a
 * program. What stays "open" is really removed.
 */
export function cancel(patches: readonly FilePatch[]): GoneFile[] {
  const files = patches.map((patch) => ({ patch, lines: goneLines(patch) }));
  const spare = new Map<FilePatch, Bag>();
  for (const { patch, lines } of files) {
    if (isGenerated(patch.oldPath)) for (const line of lines) line.fate = "generated";
    else spare.set(patch, cancelInFile(patch, lines));
  }
  cancelMoved(files, spare);
  for (const file of files) settleSlight(file.lines);
  return files;
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

/** Sets lines against equal ones of the same file; gives back the added texts that are left over. */
function cancelInFile(patch: FilePatch, lines: readonly GoneLine[]): Bag {
  const rewrapped = new Set(patch.hunks.filter(isRewrapped));
  const added = new Bag();
  for (const hunk of patch.hunks)
    if (!rewrapped.has(hunk)) for (const text of hunk.added) added.add(squeeze(text));
  for (const line of lines)
    if (rewrapped.has(line.hunk) || (line.weight > 0 && added.take(squeeze(line.text))))
      line.fate = "reformatted";
  return added;
}

/** The same characters over other line ends. */
function isRewrapped(hunk: Hunk): boolean {
  return hunk.added.length > 0 && squeeze(hunk.removed.join("")) === squeeze(hunk.added.join(""));
}

function cancelMoved(files: readonly GoneFile[], spare: ReadonlyMap<FilePatch, Bag>): void {
  const open = files.filter((file) => file.lines.some((line) => line.fate === "open"));
  if (open.length === 0 || spare.size < 2) return;
  const everywhere = new Bag();
  for (const left of spare.values()) everywhere.addAll(left);
  for (const file of open) {
    let block: GoneLine[] = [];
    const close = () => {
      if (block.reduce((sum, line) => sum + line.weight, 0) >= movedBlock)
        for (const line of block) line.fate = "moved";
      else for (const line of block) everywhere.add(squeeze(line.text));
      block = [];
    };
    for (const line of file.lines) {
      if (line.fate !== "open" || block.at(-1)?.hunk !== line.hunk) close();
      if (line.fate === "open" && everywhere.take(squeeze(line.text))) block.push(line);
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
