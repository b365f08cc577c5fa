import { weight } from "../../../src/losses/text";
import type { BenchRepo } from "./gitRepo";
import { changedFiles, type Make, one, type Scene, squeezed } from "./mistakes";

/** Old content on fresh history. */
export const staleMistakes: readonly (readonly [kind: string, make: Make])[] = [
  ["stale file", staleFile],
  ["stale file, other line ends", otherLineEnds],
  ["old file, edits on top", rewrite],
  ["one place as it was", oneFunction],
  ["a small fix set back", smallFix],
  ["an addition left out", leftOut],
  ["a folder of long ago", oldFolder],
  ["new files not kept", newFilesGone],
  ["old text under a new name", movedAndStale],
  ["reset --soft, old tree", softReset],
  ["undone without a word", silentRevert],
];

/** The pull request with some files set otherwise, as one commit on the base. */
function commit({ bench, base, merged }: Scene, files: Readonly<Record<string, string | null>>): string {
  return bench.commit(bench.tree(merged, files), [base], "feat: the work");
}

function staleFile(scene: Scene) {
  const name = one(scene.landed, scene.pick);
  const text = name && scene.bench.text(`${scene.old}:${name}`);
  return name && text ? { head: commit(scene, { [name]: text }), paths: [name] } : null;
}

function otherLineEnds(scene: Scene) {
  const name = one(scene.landed, scene.pick);
  const text = name && scene.bench.text(`${scene.old}:${name}`);
  if (!name || !text || text.includes("\r")) return null;
  return { head: commit(scene, { [name]: text.replaceAll("\n", "\r\n") }), paths: [name] };
}

function rewrite(scene: Scene) {
  const { bench, old, landed, pick } = scene;
  const name = one(landed, pick);
  const lines = name ? bench.text(`${old}:${name}`)?.split("\n") : undefined;
  if (!name || !lines || lines.length < 8) return null;
  const at = pick(lines.length - 4);
  lines.splice(at, 1, `${lines[at]} // looked at again`);
  lines.splice(pick(lines.length), 0, "const addedHere = computeAnew(1);", "useIt(addedHere);");
  lines.push("const addedAtEnd = computeAnew(2);");
  return { head: commit(scene, { [name]: lines.join("\n") }), paths: [name] };
}

interface Place {
  readonly name: string;
  readonly now: string[];
  /** Where it stands now, what was there before, and what is there instead. */
  readonly at: number;
  readonly back: string[];
  readonly gone: string[];
  /** How many such places the file has. */
  readonly places: number;
}

/** Every place of a file that landings changed. */
function places(bench: BenchRepo, old: string, base: string, name: string): Place[] {
  const now = bench.text(`${base}:${name}`)?.split("\n");
  const then = bench.text(`${old}:${name}`)?.split("\n");
  if (!now || !then) return [];
  const hunks = bench
    .git(["diff-tree", "-p", "-U0", old, base, "--", name])
    .split("\n")
    .flatMap((line) => {
      const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line)?.slice(1);
      return found
        ? [found.map((word, i) => (word === undefined ? (i % 2 === 1 ? 1 : 0) : Number(word)))]
        : [];
    });
  return hunks.map(([from = 0, count = 0, to = 0, many = 0]) => ({
    name,
    now,
    at: many === 0 ? to : to - 1,
    back: count === 0 ? [] : then.slice(from - 1, from - 1 + count),
    gone: now.slice(to - 1, to - 1 + many),
    places: hunks.length,
  }));
}

function telling(list: readonly string[], other: readonly string[]): number {
  const known = new Set(other.map(squeezed));
  return list.filter((line) => weight(line) >= 4 && !known.has(squeezed(line))).length;
}

function putBack(scene: Scene, { name, now, at, back, gone }: Place, more: readonly string[]) {
  const text = [...now.slice(0, at), ...back, ...more, ...now.slice(at + gone.length)].join("\n");
  return { head: commit(scene, { [name]: text }), paths: [name] };
}

/** One place of a file as it was, everything else as it is. */
function oneFunction(scene: Scene) {
  for (const name of scene.landed.slice(scene.pick(3)))
    for (const place of places(scene.bench, scene.old, scene.base, name))
      if (place.places >= 2 && telling(place.back, place.now) >= 2 && telling(place.gone, place.back) >= 3)
        return putBack(scene, place, ["const traced = true;"]);
  return null;
}

/** The same of a fix of one or two lines; elsewhere in the file there is work. */
function smallFix(scene: Scene) {
  for (const name of scene.landed.slice(scene.pick(3)))
    for (const place of places(scene.bench, scene.old, scene.base, name)) {
      const gone = telling(place.gone, place.back);
      if (telling(place.back, place.now) < 1 || gone < 1 || gone > 2 || place.at < 3) continue;
      const now = ["const addedHere = computeAnew(1);", ...place.now];
      return putBack(scene, { ...place, now, at: place.at + 1 }, []);
    }
  return null;
}

/** Lines that landed and are simply not there any more, in a file with other work. */
function leftOut(scene: Scene) {
  for (const name of scene.landed.slice(scene.pick(3)))
    for (const place of places(scene.bench, scene.old, scene.base, name)) {
      if (place.back.length > 0 || telling(place.gone, []) < 4) continue;
      const now = ["const addedHere = computeAnew(1);", ...place.now];
      return putBack(scene, { ...place, now, at: place.at + 1 }, []);
    }
  return null;
}

/** `git checkout main~n -- folder` */
function oldFolder(scene: Scene) {
  const { bench, old, landed, pick } = scene;
  const name = one(
    landed.filter((path) => path.includes("/")),
    pick,
  );
  if (!name) return null;
  const folder = name.slice(0, name.lastIndexOf("/"));
  const inside = landed.filter((path) => path.startsWith(`${folder}/`));
  const files = Object.fromEntries(inside.map((path) => [path, bench.text(`${old}:${path}`)]));
  return { head: commit(scene, files), paths: inside };
}

/** An old tree without the files that landed since; nothing else in it is old. */
function newFilesGone(scene: Scene) {
  const { bench, base } = scene;
  for (const landing of bench.git(["rev-list", "--first-parent", "--max-count=8", base]).split("\n")) {
    const added = bench.try([
      "diff-tree",
      "-r",
      "--name-only",
      "--no-renames",
      "--diff-filter=A",
      `${landing}^1`,
      landing,
    ]);
    const names = (added ?? "").split("\n").filter((name) => name !== "" && !name.startsWith('"'));
    const here = names.filter((name) => bench.text(`${base}:${name}`));
    if (here.length < 1 || here.length > 20) continue;
    return { head: commit(scene, Object.fromEntries(here.map((name) => [name, null]))), paths: here };
  }
  return null;
}

/** A file that a landing moved and changed holds its old text again, at its new place. */
function movedAndStale(scene: Scene) {
  const { bench, base } = scene;
  const ask = (...args: string[]) =>
    bench.try(["log", "--first-parent", "--diff-merges=first-parent", ...args, `${base}~30..${base}`]) ?? "";
  const moves = ask("--find-renames=50%", "--diff-filter=R", "--format=%x01%H", "--name-status").split(
    "\x01",
  );
  for (const [moved = "", ...lines] of moves.map((text) => text.split("\n")))
    for (const [status = "", from = "", to = ""] of lines.map((line) => line.split("\t"))) {
      if (!status.startsWith("R") || status === "R100" || from.startsWith('"') || to.startsWith('"'))
        continue;
      const text = bench.text(`${moved}^1:${from}`);
      const now = bench.text(`${base}:${to}`);
      if (!text || !now || telling(now.split("\n"), text.split("\n")) < 3) continue;
      return { head: commit(scene, { [to]: text }), paths: [to] };
    }
  return null;
}

/** All of an old tree, with the pull request's own change on top. */
function softReset({ bench, base, merged, old, landed }: Scene) {
  const stale = bench.commit(`${old}^{tree}`, [base], "old");
  const tree = bench.merge(stale, bench.commit(merged, [base], "own"));
  if (!tree || landed.length === 0) return null;
  return { head: bench.commit(tree, [base], "feat: the work"), paths: landed };
}

/** The newest landing is taken back after a sync, and no word says so. */
function silentRevert({ bench, base, merged }: Scene) {
  const before = bench.try(["rev-parse", "--verify", `${base}^1`]);
  if (!before) return null;
  const landed = changedFiles(bench, before, base);
  const ours = bench.commit(merged, [base], "feat: the work");
  const tree = bench.merge(ours, bench.commit(`${before}^{tree}`, [base], "back"));
  if (!tree || landed.length === 0) return null;
  return { head: bench.commit(tree, [ours], "fix: green again"), paths: landed };
}
