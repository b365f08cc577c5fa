import { isGenerated } from "../../../src/losses/rules/generated";
import { weight } from "../../../src/losses/text";
import type { BenchRepo, Pair } from "./gitRepo";

/** A head with a mistake in it, and the paths that it loses work in. */
export interface Mistake {
  readonly kind: string;
  readonly head: string;
  readonly paths: readonly string[];
}

/** Every mistake that can be made on a pull request; `pick` gives repeatable numbers below its argument. */
export function makeMistakes(bench: BenchRepo, pair: Pair, pick: (below: number) => number): Mistake[] {
  const merged = bench.merge(pair.base, pair.head);
  if (!merged) return [];
  const depth = 1 + pick(12);
  const old = bench.try(["rev-parse", "--verify", `${pair.base}~${depth}`]);
  if (!old) return [];
  const landed = changedFiles(bench, old, pair.base);
  const made: (Mistake | null)[] = [
    staleFile(bench, pair, merged, old, landed, pick),
    rewrite(bench, pair, merged, old, landed, pick),
    oneFunction(bench, pair, merged, old, landed, pick),
    softReset(bench, pair, merged, old, landed),
    takeOurs(bench, pair),
    ownSide(bench, pair, merged),
    silentRevert(bench, pair, merged),
  ];
  return made.filter((mistake) => mistake !== null);
}

/** Text files that changed in content, and gained at least two telling lines. */
function changedFiles(bench: BenchRepo, from: string, to: string): string[] {
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

function squeezed(line: string): string {
  return line.replace(/\s/g, "");
}

function one(list: readonly string[], pick: (below: number) => number): string | undefined {
  return list[pick(Math.max(1, list.length))];
}

function staleFile(
  bench: BenchRepo,
  { base }: Pair,
  merged: string,
  old: string,
  landed: readonly string[],
  pick: (below: number) => number,
): Mistake | null {
  const name = one(landed, pick);
  const text = name && bench.text(`${old}:${name}`);
  if (!name || !text) return null;
  const head = bench.commit(bench.tree(merged, { [name]: text }), [base], "feat: the work");
  return { kind: "stale file", head, paths: [name] };
}

function rewrite(
  bench: BenchRepo,
  { base }: Pair,
  merged: string,
  old: string,
  landed: readonly string[],
  pick: (below: number) => number,
): Mistake | null {
  const name = one(landed, pick);
  const lines = name ? bench.text(`${old}:${name}`)?.split("\n") : undefined;
  if (!name || !lines || lines.length < 8) return null;
  const at = pick(lines.length - 4);
  lines.splice(at, 1, `${lines[at]} // looked at again`);
  lines.splice(pick(lines.length), 0, "const addedHere = computeAnew(1);", "useIt(addedHere);");
  lines.push("const addedAtEnd = computeAnew(2);");
  const head = bench.commit(bench.tree(merged, { [name]: lines.join("\n") }), [base], "feat: the work");
  return { kind: "old file, edits on top", head, paths: [name] };
}

/** One place of a file as it was, everything else as it is. */
function oneFunction(
  bench: BenchRepo,
  { base }: Pair,
  merged: string,
  old: string,
  landed: readonly string[],
  pick: (below: number) => number,
): Mistake | null {
  for (const name of landed.slice(pick(3))) {
    const now = bench.text(`${base}:${name}`)?.split("\n");
    const then = bench.text(`${old}:${name}`)?.split("\n");
    if (!now || !then) continue;
    const hunks = bench
      .git(["diff-tree", "-p", "-U0", old, base, "--", name])
      .split("\n")
      .flatMap((line) => {
        const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line)?.slice(1);
        return found
          ? [found.map((word, i) => (word === undefined ? (i % 2 === 1 ? 1 : 0) : Number(word)))]
          : [];
      });
    for (const [from = 0, count = 0, to = 0, many = 0] of hunks) {
      const back = then.slice(from - 1, from - 1 + count);
      const gone = now.slice(to - 1, to - 1 + many);
      const telling = (list: readonly string[], other: readonly string[]) =>
        list.filter((line) => weight(line) >= 4 && !other.some((text) => squeezed(text) === squeezed(line)))
          .length;
      if (hunks.length < 2 || telling(back, now) < 2 || telling(gone, back) < 3) continue;
      const text = [
        ...now.slice(0, to - 1),
        ...back,
        "const traced = true;",
        ...now.slice(to - 1 + many),
      ].join("\n");
      const head = bench.commit(bench.tree(merged, { [name]: text }), [base], "feat: the work");
      return { kind: "one place as it was", head, paths: [name] };
    }
  }
  return null;
}

/** All of an old tree, with the pull request's own change on top. */
function softReset(
  bench: BenchRepo,
  { base }: Pair,
  merged: string,
  old: string,
  landed: readonly string[],
): Mistake | null {
  const stale = bench.commit(`${old}^{tree}`, [base], "old");
  const tree = bench.merge(stale, bench.commit(merged, [base], "own"));
  if (!tree || landed.length === 0) return null;
  return {
    kind: "reset --soft, old tree",
    head: bench.commit(tree, [base], "feat: the work"),
    paths: landed,
  };
}

function takeOurs(bench: BenchRepo, { base, head }: Pair): Mistake | null {
  const fork = bench.try(["merge-base", base, head]);
  const landed = fork ? changedFiles(bench, fork, base) : [];
  if (landed.length === 0) return null;
  return {
    kind: "merge -s ours",
    head: bench.commit(`${head}^{tree}`, [head, base], "Merge main"),
    paths: landed,
  };
}

/** Files that both sides changed, settled with the branch's whole file. */
function ownSide(bench: BenchRepo, { base, head }: Pair, merged: string): Mistake | null {
  const fork = bench.try(["merge-base", base, head]);
  if (!fork) return null;
  const mine = new Set(bench.git(["diff-tree", "-r", "--name-only", fork, head]).split("\n"));
  const both = changedFiles(bench, fork, base).filter(
    (name) => mine.has(name) && bench.text(`${head}:${name}`),
  );
  if (both.length === 0) return null;
  const files = Object.fromEntries(both.map((name) => [name, bench.text(`${head}:${name}`)]));
  const commit = bench.commit(bench.tree(merged, files), [head, base], "Merge main");
  return { kind: "conflict: whole own file", head: commit, paths: both };
}

/** The newest landing is taken back after a sync, and no word says so. */
function silentRevert(bench: BenchRepo, { base }: Pair, merged: string): Mistake | null {
  const before = bench.try(["rev-parse", "--verify", `${base}^1`]);
  if (!before) return null;
  const landed = changedFiles(bench, before, base);
  const ours = bench.commit(merged, [base], "feat: the work");
  const tree = bench.merge(ours, bench.commit(`${before}^{tree}`, [base], "back"));
  if (!tree || landed.length === 0) return null;
  return {
    kind: "undone without a word",
    head: bench.commit(tree, [ours], "fix: green again"),
    paths: landed,
  };
}
