import type { FilePatch } from "../git/patch";
import { isGitlink } from "./case";
import type { GoneFile } from "./gone";
import { isGenerated } from "./rules/generated";

/** More paths than this are not followed back one by one; the largest losses come first. */
const mostPaths = 400;

/** The files that lose something, as many as are followed back, and the rest. */
export function suspects(files: readonly GoneFile[]): { followed: GoneFile[]; unfollowed: GoneFile[] } {
  const losing = files.filter(loses).sort((a, b) => b.lines.length - a.lines.length);
  return { followed: losing.slice(0, mostPaths), unfollowed: losing.slice(mostPaths) };
}

function loses({ patch, lines }: GoneFile): boolean {
  if (patch.status === "added" || patch.status === "copied") return false;
  const whole = patch.binary || isGitlink(patch) || patch.oldMode !== patch.newMode;
  if (whole || patch.status !== "changed") return true;
  // Lines that only come may be such that a landing had taken out.
  const adds = patch.hunks.length > 0 && lines.length === 0 && !isGenerated(patch.oldPath);
  return adds || lines.some((line) => line.fate === "open");
}

/** The paths whose history has to be known for that. */
export function pathsOf(followed: readonly GoneFile[], changes: readonly FilePatch[]): string[] {
  const paths = followed.flatMap(({ patch }) => [patch.oldPath, patch.newPath]);
  const added = changes
    .filter(({ status, newPath }) => status === "added" && !isGenerated(newPath))
    .map(({ newPath }) => newPath);
  return [...new Set([...paths, ...added.slice(0, mostPaths - followed.length)])];
}
