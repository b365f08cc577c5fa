import { diffTrees } from "../git/diffTrees";
import { utf8 } from "../git/quoted";
import { readCommitWords } from "../git/rawCommits";
import type { Repo } from "../git/repo";
import { type Scratch, withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import { treesEffect } from "../landing/effect";
import { Lab } from "../landing/lab";
import type { Oid } from "../model/worktree";
import type { Found } from "./find";
import { keepWork } from "./keepWork";
import { findForeign, putBack } from "./mend";
import type { RecoveryNote } from "./note";
import { stepsOf } from "./stepsOf";

/** Sets back what a killed git had begun to check out. Gives sentences on what was kept. */
export async function takeBackMove(repo: Repo, note: RecoveryNote, desk: Found, to: Oid): Promise<string[]> {
  const paths = await withScratch(repo, to, async (scratch) => {
    const trees = await treesOf(scratch, [desk.head, to]);
    return pathsBetween(scratch, trees.get(desk.head) ?? "", trees.get(to) ?? "");
  });
  return setBack(repo, note, desk, paths, [to]);
}

/** The same of a killed pick. */
export async function takeBackTry(repo: Repo, note: RecoveryNote, desk: Found, oid: Oid): Promise<string[]> {
  const { paths, tree } = await withScratch(
    repo,
    oid,
    async (scratch) => {
      const merged = await tried(scratch, oid, desk.head);
      return { paths: await pathsBetween(scratch, merged.before, merged.tree), tree: merged.tree };
    },
    true,
  );
  return setBack(repo, note, desk, paths, [tree, oid]);
}

/**
 * Whether a commit's change is not in a head that was made by hand since `tip`: it can still be made there cleanly, or it
 * conflicts and nobody has touched the paths in question. A message that names it says that it is there.
 */
export async function isMissing(
  repo: Repo,
  { oid, paths }: { readonly oid: Oid; readonly paths: readonly string[] },
  tip: Oid,
  head: Oid,
): Promise<boolean> {
  const words = await readCommitWords(repo, [head]);
  if (words.get(head)?.message.includes(oid)) return false;
  return withScratch(repo, head, async (scratch) => {
    const { before, tree, clean } = await tried(scratch, oid, head);
    if (clean) return tree !== before;
    const trees = await treesOf(scratch, [tip]);
    const touched = new Set((await pathsBetween(scratch, trees.get(tip) ?? "", before)).map(utf8));
    return !paths.some((path) => touched.has(path));
  });
}

async function tried(
  scratch: Scratch,
  oid: Oid,
  head: Oid,
): Promise<{ before: Oid; tree: Oid; clean: boolean }> {
  const [step] = await stepsOf(scratch, [oid]);
  const before = (await treesOf(scratch, [head])).get(head) ?? "";
  const merged =
    step &&
    (await new Lab(scratch).apply(treesEffect(step.from, step.to, step.changes), {
      oid: head,
      tree: before,
    }));
  return { before, tree: merged?.tree ?? before, clean: merged?.clean ?? false };
}

async function pathsBetween(scratch: Scratch, from: Oid, to: Oid): Promise<string[]> {
  const [changes = []] = await diffTrees(scratch, [{ from, to }]);
  return changes.map(({ path }) => path);
}

async function setBack(
  repo: Repo,
  { request }: RecoveryNote,
  desk: Found,
  paths: readonly string[],
  states: readonly Oid[],
): Promise<string[]> {
  const { dirty, foreign } = await findForeign(desk, paths, [desk.head, ...states]);
  if (dirty.length === 0) return [];
  const kept = foreign.length > 0 ? [await keepWork(repo, { ...desk, branch: request.newBranch })] : [];
  await putBack(desk, desk.head, dirty);
  return kept;
}
