import { type Case, type Claim, openLines } from "../case";
import { Bag, holdsInOrder, squeeze, telling, tokens } from "../text";

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
      const before = Bag.of([...(sides.ours ?? []), ...sides.theirs].map(squeeze));
      const fresh = (sides.result ?? []).filter((text) => !before.has(squeeze(text)));
      const dropped = left.filter((line) => {
        const text = squeeze(line.text);
        if (!theirs.has(text) || known.has(text)) return false;
        const words = tokens(line.text);
        return !fresh.some((combined) => holdsInOrder(combined, words));
      });
      if (dropped.length === 0) continue;
      left = left.filter((line) => !dropped.includes(line));
      claims.push({
        code: "dropped-in-merge",
        file,
        lines: dropped,
        landings: [],
        confidence: "certain",
        detail: `The merge ${sync.oid.slice(0, 9)} brought ${dropped.length === 1 ? "this line" : "these lines"} in from the target and threw ${dropped.length === 1 ? "it" : "them"} away.`,
        removedBy: { oid: sync.oid, subject: sync.subject },
      });
    }
  }
  return claims;
}
