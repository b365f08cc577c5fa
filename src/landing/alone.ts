import type { Arrivals } from "./arrivals";
import type { Branch } from "./branch";
import { firstWith } from "./introduce";
import type { Lab } from "./lab";
import type { Landings } from "./landings";

/**
 * Proves commits one by one: rebase merges, cherry-picks, squashes of changes that do not meet. A patch id would say
 * the same of the same text in another place; trying it out does not.
 */
export async function proveAlone(
  lab: Lab,
  landings: Landings,
  branch: Branch,
  arrivals: Arrivals,
): Promise<void> {
  const found = await Promise.all(
    branch.plain.map(async (commit) => {
      const effect = branch.effectOf(commit);
      if (!effect || arrivals.isSettled(commit.oid)) return null;
      return firstWith(lab, landings, effect, branch.since(commit.oid));
    }),
  );
  for (const [i, commit] of branch.plain.entries()) {
    const landing = found[i];
    if (!landing) continue;
    arrivals.note([commit.oid], {
      as: landings.at(landing.index).oid,
      index: landing.index,
      proof: landing.replayed ? "replayed" : "absorbed",
    });
  }
}
