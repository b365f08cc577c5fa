import path from "node:path";
import type { Snapshot } from "../../fleet";
import type { Repo } from "../../git/repo";
import { chooseNames } from "../../worktrees/name";
import type { Translate } from "../translate";
import { fetched } from "../tree/age";
import { shortRef } from "../tree/row";

/** What a typed name or task would become, or why it cannot. */
export type Proposal =
  | { readonly ok: true; readonly branch: string; readonly path: string; readonly words: string }
  | { readonly ok: false; readonly words: string };

export interface Wishes {
  readonly branchPrefix: string;
  /** Empty: the usual place. */
  readonly container: string;
}

/** Looks at the names only, and at what is known: git and the remote are asked when it is made. */
export function propose(
  repo: Repo,
  worktrees: Snapshot["worktrees"],
  name: string,
  { branchPrefix, container }: Wishes,
  t: Translate,
): Proposal {
  const names = chooseNames(repo, { name, branchPrefix, ...(container ? { container } : {}) });
  if (!names.ok) return { ok: false, words: names.refusal.message };
  const { branch, path: place } = names.value;
  const holder = worktrees.find((each) => each.branch === branch || each.path === place);
  if (holder) {
    return {
      ok: false,
      words: t("{0} is taken by the worktree {1}. Choose another name.", branch, holder.name),
    };
  }
  const shown = path.relative(path.dirname(repo.dir), place);
  return { ok: true, branch, path: place, words: t("Branch {0}, folder {1}", branch, shown) };
}

/** Where the work will start, in words. */
export function baseInWords(
  { target }: Pick<Snapshot, "target">,
  chosen: string,
  now: number,
  t: Translate,
): string {
  if (chosen) return t("It starts from {0}, fetched first where it is a remote's.", chosen);
  if (!target) return t("It starts from the remote's default branch, which is fetched first.");
  if (!target.ref.startsWith("refs/remotes/")) return t("It starts from {0}.", shortRef(target.ref));
  const known = fetched(target.fetchedAt, now, t);
  return t("It starts from {0}, which is fetched first (known here: {1}).", shortRef(target.ref), known);
}

/** A sentence is kept as the task; a name says nothing that the branch does not say. */
export function taskOf(text: string): string | null {
  const task = text.trim();
  return /\s/.test(task) ? task : null;
}
