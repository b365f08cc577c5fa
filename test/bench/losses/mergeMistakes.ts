import { changedFiles, type Make, type Scene, squeezed } from "./mistakes";

/** Merges of the target that throw away what they should bring in. */
export const mergeMistakes: readonly (readonly [kind: string, make: Make])[] = [
  ["merge -s ours", takeOurs],
  ["conflict: whole own file", ownFiles],
  ["conflict: own hunks", ownHunks],
  ["sync drops one file", dropsOne],
];

/** What landed since the branch left its base. */
function landedSince({ bench, base, head }: Scene): { fork: string; files: string[] } | null {
  const fork = bench.try(["merge-base", base, head]);
  const files = fork ? changedFiles(bench, fork, base) : [];
  return fork && files.length > 0 ? { fork, files } : null;
}

function takeOurs(scene: Scene) {
  const landed = landedSince(scene);
  if (!landed) return null;
  const { bench, base, head } = scene;
  return { head: bench.commit(`${head}^{tree}`, [head, base], "Merge main"), paths: landed.files };
}

/** Files that both sides changed. */
function inBoth(scene: Scene): { fork: string; both: string[] } | null {
  const landed = landedSince(scene);
  if (!landed) return null;
  const { bench, head } = scene;
  const mine = new Set(bench.git(["diff-tree", "-r", "--name-only", landed.fork, head]).split("\n"));
  const both = landed.files.filter((name) => mine.has(name) && bench.text(`${head}:${name}`));
  return both.length > 0 ? { fork: landed.fork, both } : null;
}

function ownFiles(scene: Scene) {
  const found = inBoth(scene);
  if (!found) return null;
  const { bench, base, head, merged } = scene;
  const files = Object.fromEntries(found.both.map((name) => [name, bench.text(`${head}:${name}`)]));
  return { head: bench.commit(bench.tree(merged, files), [head, base], "Merge main"), paths: found.both };
}

/** `git merge -X ours` where the sides overlap; the branch first changes a line that the target changes too. */
function ownHunks(scene: Scene) {
  const landed = landedSince(scene);
  if (!landed) return null;
  const { bench, base, head } = scene;
  for (const name of landed.files) {
    const [before, after] = [bench.text(`${landed.fork}:${name}`), bench.text(`${base}:${name}`)];
    const mine = bench.text(`${head}:${name}`);
    if (!before || !after || !mine) continue;
    const kept = new Set(after.split("\n").map(squeezed));
    const changed = before
      .split("\n")
      .findIndex((line) => squeezed(line).length > 8 && !kept.has(squeezed(line)));
    const line = before.split("\n")[changed];
    if (line === undefined || !mine.includes(`${line}\n`)) continue;
    const text = mine.replace(`${line}\n`, () => `${line} // mine\n`);
    const own = bench.commit(bench.tree(head, { [name]: text }), [head], "feat: say more");
    const tree = bench.try(["merge-tree", "--write-tree", own, base]) ? null : bench.mergeOurs(own, base);
    if (tree) return { head: bench.commit(tree, [own, base], "Merge main"), paths: [name] };
  }
  return null;
}

/** A clean merge, of which one file that only the target changed is then not taken. */
function dropsOne(scene: Scene) {
  const landed = landedSince(scene);
  if (!landed) return null;
  const { bench, base, head, merged, pick } = scene;
  const theirs = landed.files.filter(
    (name) => bench.text(`${head}:${name}`) === bench.text(`${landed.fork}:${name}`),
  );
  const name = theirs[pick(Math.max(1, theirs.length))];
  if (!name) return null;
  const tree = bench.tree(merged, { [name]: bench.text(`${head}:${name}`) });
  return { head: bench.commit(tree, [head, base], "Merge main"), paths: [name] };
}
