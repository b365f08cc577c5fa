import { readReflogs } from "../git/reflog";
import { readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { isAncestor } from "../git/revision";
import type { LossDecision } from "../model/decision";
import { readDecisions } from "./decisions";

/**
 * What persons said of the branches that are here now, oldest first. Names are used again: what was said of an earlier
 * branch of the same name, at a head that this one never had, says nothing of it.
 */
export async function readStanding(repo: Repo): Promise<LossDecision[]> {
  const decisions = await readDecisions(repo.commonDir);
  if (decisions.every(({ branch }) => branch === null)) return decisions;
  const { oids } = await readRefs(repo);
  const refsOf = new Map<string, string[]>();
  for (const ref of oids.keys()) {
    const [, branch] = /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/.exec(ref) ?? [];
    if (branch) refsOf.set(branch, [...(refsOf.get(branch) ?? []), ref]);
  }
  const at = ({ branch, headOid }: LossDecision) =>
    refsOf.get(branch ?? "")?.some((ref) => oids.get(ref) === headOid);
  const moved = decisions.filter((each) => each.branch !== null && !at(each));
  const asked = new Set(moved.flatMap(({ branch }) => refsOf.get(branch ?? "") ?? []));
  const logs = await readReflogs(repo, [...asked]);
  const past = await Promise.all(
    moved.map(async (each) => {
      const refs = refsOf.get(each.branch ?? "") ?? [];
      if (refs.some((ref) => logs.get(ref)?.has(each.headOid))) return null;
      const tips = [...new Set(refs.flatMap((ref) => oids.get(ref) ?? []))];
      const held = await Promise.all(tips.map((tip) => isAncestor(repo, each.headOid, tip)));
      return held.includes(true) ? null : each;
    }),
  );
  const gone = new Set(past);
  return decisions.filter((each) => !gone.has(each));
}
