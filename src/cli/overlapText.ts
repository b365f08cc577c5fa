import type { Overlap } from "../model/overlap";
import { count, printable } from "./words";

type Kind = Overlap["kind"];

const words: readonly (readonly [Kind, string])[] = [
  ["conflict", "would conflict with"],
  ["lines", "changes the same lines as"],
  ["files", "changes the same files as"],
  ["builds-on", "builds on"],
  ["built-on", "is built on by"],
];

// More names than this are counted.
const named = 3;

/** A few words for each kind of overlap; `nameOf` says how a person calls the other one. */
export function overlapText(overlaps: readonly Overlap[], nameOf: (id: string) => string): string[] {
  return words.flatMap(([kind, what]) => {
    const found = overlaps.filter((overlap) => overlap.kind === kind);
    const [first, ...others] = found;
    if (!first) return [];
    if (others.length === 0) return [`${what} ${nameOf(first.with)}${where(first)}`];
    const names = found.slice(0, named).map((overlap) => nameOf(overlap.with));
    const more = found.length > named ? ` and ${found.length - named} more` : "";
    return [`${what} ${names.join(", ")}${more}`];
  });
}

/** ` in src/app.ts (+2 files)`, and that it may be worse where the merge could not be tried. */
function where({ files, more, tried }: Overlap): string {
  const [first] = files;
  if (!first) return "";
  const rest = files.length - 1 + more;
  const also = rest > 0 ? ` (+${count(rest, "file")})` : "";
  return ` in ${printable(first.path)}${also}${tried ? "" : ", conflicts not known"}`;
}
