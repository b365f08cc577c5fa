import { firstParents } from "../git/lineage";
import { readMade } from "../git/madeOn";
import { readNamedReverts } from "../git/namedReverts";
import { readLandings } from "../git/rawLog";
import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import type { Oid } from "../model/worktree";
import { treesEffect } from "./effect";
import { Lab } from "./lab";
import { Landings } from "./landings";
import { TakenBack } from "./takenBack";

// Older fast-forwards are not looked for.
const deepest = 5_000;

/**
 * The heads on the target's own line whose commit was made on their branch, so that the target was forwarded to it,
 * and of whose commits none was taken back since. Without a reflog none is found: a branch that was only pulled
 * looks the same.
 */
export async function findForwarded(
  repo: Repo,
  target: Oid,
  branches: ReadonlyMap<Oid, string>,
  signal?: AbortSignal,
): Promise<ReadonlySet<Oid>> {
  const made = await readMade(repo, [...branches.values()], signal);
  const own = new Map(
    [...branches].flatMap(([head, branch]): [Oid, readonly Oid[]][] => {
      const oids = made.get(branch) ?? [];
      return oids.includes(head) ? [[head, oids]] : [];
    }),
  );
  if (own.size === 0) return new Set();
  const line = await firstParents(repo, target, deepest, signal);
  const places = new Map(line.map((oid, place) => [oid, place]));
  const oldest = Math.max(...[...own.values()].flat().map((oid) => places.get(oid) ?? 0));
  const options = signal ? { signal } : {};
  const landings = new Landings((await readLandings(repo, target, oldest + 2, options)).reverse());
  return withScratch(repo, target, async (scratch) => {
    const takenBack = new TakenBack(new Lab(scratch, options), landings, () =>
      readNamedReverts(repo, target, landings.at(0).oid, signal),
    );
    const standing = await Promise.all(
      [...own].map(async ([head, oids]) => {
        const indices = new Set(oids.flatMap((oid) => landings.indexOf(oid) || []));
        if (!indices.has(landings.indexOf(head) ?? -1)) return [];
        const back = await Promise.all(
          [...indices].map((index) => isBack(takenBack, landings, index, indices)),
        );
        return back.includes(true) ? [] : [head];
      }),
    );
    return new Set(standing.flat());
  });
}

function isBack(
  takenBack: TakenBack,
  landings: Landings,
  index: number,
  successors: ReadonlySet<number>,
): Promise<boolean> {
  const { oid, tree, changes } = landings.at(index);
  const effect = treesEffect(landings.at(index - 1).tree, tree, changes);
  if (changes.length === 0) return Promise.resolve(false);
  return takenBack.isBack(oid, effect, { as: oid, index, proof: "ancestor" }, () => successors);
}
