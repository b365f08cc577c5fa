import { isGenerated } from "../../../src/losses/rules/generated";
import { weight } from "../../../src/losses/text";
import type { BenchRepo, Pair } from "./gitRepo";
import { mergeMistakes } from "./mergeMistakes";
import { staleMistakes } from "./staleMistakes";

/** A head with a mistake in it, and the paths that it loses work in. */
export interface Mistake {
  readonly kind: string;
  readonly head: string;
  readonly paths: readonly string[];
}

/** What a mistake is made from. `pick` gives repeatable numbers below its argument. */
export interface Scene extends Pair {
  readonly bench: BenchRepo;
  /** The tree of the pull request as it was merged. */
  readonly merged: string;
  /** A commit of the target some landings ago. */
  readonly old: string;
  /** Text files that the landings since then changed, and gained lines in. */
  readonly landed: readonly string[];
  pick(below: number): number;
}

export const mistakeKinds = [...staleMistakes, ...mergeMistakes].map(([kind]) => kind);

/** Every mistake that can be made on a pull request. */
export function makeMistakes(bench: BenchRepo, pair: Pair, pick: (below: number) => number): Mistake[] {
  const merged = bench.merge(pair.base, pair.head);
  const old = bench.try(["rev-parse", "--verify", `${pair.base}~${1 + pick(12)}`]);
  if (!merged || !old) return [];
  const scene = { ...pair, bench, merged, old, landed: changedFiles(bench, old, pair.base), pick };
  return [...staleMistakes, ...mergeMistakes].flatMap(([kind, make]) => {
    const made = make(scene);
    return made ? [{ kind, ...made }] : [];
  });
}

export type Make = (scene: Scene) => { head: string; paths: readonly string[] } | null;

/** Text files that changed in content, and gained at least two telling lines. */
export function changedFiles(bench: BenchRepo, from: string, to: string): string[] {
  const names = bench
    .git(["diff-tree", "-r", "--name-only", "--no-renames", "--diff-filter=M", from, to])
    .split("\n")
    .filter((name) => name !== "" && !name.startsWith('"') && !isGenerated(name));
  return names.filter((name) => gained(bench, from, to, name) >= 2).slice(0, 40);
}

function gained(bench: BenchRepo, from: string, to: string, name: string): number {
  const before = new Set(bench.text(`${from}:${name}`)?.split("\n").map(squeezed));
  const after = bench.text(`${to}:${name}`)?.split("\n") ?? [];
  return after.filter((line) => weight(line) >= 4 && !before.has(squeezed(line))).length;
}

export function squeezed(line: string): string {
  return line.replace(/\s/g, "");
}

export function one<T>(list: readonly T[], pick: (below: number) => number): T | undefined {
  return list[pick(Math.max(1, list.length))];
}
