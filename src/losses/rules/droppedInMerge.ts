import { uncommitted } from "../../git/commitTree";
import { type Case, type Claim, openLines } from "../case";
import { Bag, squeeze, telling, tokens } from "../text";

/**
 * A merge that brought the target in threw some of it away: lines that the target's side had gained, that the branch's
 * side never had, and that the merge's own result lacks. A line that lives on inside a combined one is not thrown away.
 */
export function droppedInMerge(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const file of facts.work.keys()) {
    let left = openLines(file).filter((line) => line.weight >= telling);
    for (const sync of facts.syncs) {
      const sides = sync.sides.get(file.patch.oldPath);
      if (!sides?.theirs || left.length === 0) continue;
      const known = Bag.of(
        [...(sides.ours ?? []), ...(sides.base ?? []), ...(sides.result ?? [])].map(squeeze),
      );
      const theirs = Bag.of(sides.theirs.map(squeeze));
      const written = byHand(sides.result ?? [], [...(sides.ours ?? []), ...sides.theirs]);
      const ours = new Set((sides.ours ?? []).flatMap(tokens));
      const dropped = left.filter((line) => {
        const text = squeeze(line.text);
        if (!theirs.has(text) || known.has(text)) return false;
        return !livesOn(line.text, written, ours) && !raised(line.text, sides.result ?? []);
      });
      if (dropped.length === 0) continue;
      left = left.filter((line) => !dropped.includes(line));
      claims.push({
        code: "dropped-in-merge",
        file,
        lines: dropped,
        landings: [],
        confidence: "certain",
        detail: `${sync.subject === uncommitted ? "The merge that is not committed yet" : `The merge ${sync.oid.slice(0, 9)}`} brought ${dropped.length === 1 ? "this line" : "these lines"} in from the target and threw ${dropped.length === 1 ? "it" : "them"} away.`,
        removedBy: { oid: sync.oid, subject: sync.subject },
      });
    }
  }
  return claims;
}

/** The words of what somebody wrote to settle a conflict: lines of neither side, and the lines next to them. */
function byHand(result: readonly string[], sides: readonly string[]): string[] {
  const known = new Set(sides.map(squeeze));
  const fresh = result.map((text) => !known.has(squeeze(text)));
  return result.filter((_, i) => fresh[i] || fresh[i - 1] || fresh[i + 1]).flatMap(tokens);
}

/** Whether all that the line would have brought to the own side is in what was written by hand. */
function livesOn(line: string, written: readonly string[], ours: ReadonlySet<string>): boolean {
  const words = tokens(line);
  const brought = words.filter((word) => !ours.has(word));
  const there = new Set(written);
  return (brought.length > 0 ? brought : words).every((word) => there.has(word));
}

/** The same line stands with higher numbers: both sides raised a version, and the merge took the newer one. */
function raised(line: string, result: readonly string[]): boolean {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  const words = (text: string) => squeeze(text.replace(/\d+/g, "#"));
  const [mine, shape] = [numbers(line), words(line)];
  if (mine.length === 0) return false;
  return result.some((other) => {
    if (words(other) !== shape) return false;
    const theirs = numbers(other);
    const first = theirs.findIndex((number, i) => number !== mine[i]);
    return first !== -1 && (theirs[first] ?? 0) > (mine[first] ?? 0);
  });
}
