import type { Oid } from "../model/worktree";

/**
 * For each head, the oldest place on the target's first-parent line (`line`, newest first) whose commit merged it in;
 * heads that the line's merges do not reach are left out. `graph` holds the target's commits with their parents.
 */
export function findMerges(
  heads: ReadonlySet<Oid>,
  line: readonly Oid[],
  graph: ReadonlyMap<Oid, readonly Oid[]>,
): Map<Oid, number> {
  const found = new Map<Oid, number>();
  const seen = new Set<Oid>(line);
  for (let place = line.length - 1; place >= 0; place--) {
    const open = (graph.get(line[place] ?? "") ?? []).slice(1);
    for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
      if (seen.has(oid)) continue;
      seen.add(oid);
      if (heads.has(oid)) found.set(oid, place);
      open.push(...(graph.get(oid) ?? []));
    }
  }
  return found;
}

/**
 * Whether a merge's title says that it brought the main branch into something else: after a pull of a diverged main
 * branch, the side that the merge brings in is the main line itself, and not some branch's work.
 */
export function bringsInMain(subject: string): boolean {
  return /^Merge (remote-tracking )?branch '([\w.-]+\/)?(main|master|trunk|develop)'/.test(subject);
}
