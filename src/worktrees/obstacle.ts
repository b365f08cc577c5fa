import path from "node:path";
import type { Refusal } from "../model/outcome";
import type { Oid, WorktreeEntry } from "../model/worktree";
import { freeSlug, type Names } from "./name";

/** What is there already, as read while holding the repo's lock. */
export interface Surroundings {
  /** By full name; at least all of refs/heads. */
  readonly refs: ReadonlyMap<string, Oid>;
  readonly entries: readonly WorktreeEntry[];
  /** Names in the folder that the worktree would be put in; none when there is no such folder yet. */
  readonly siblings: readonly string[];
}

/** File systems and refs on them may not tell upper from lower case, or two ways to write a letter. */
export function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Why a worktree of these names cannot be made; null when nothing is in the way. */
export function findObstacle(names: Names, around: Surroundings): Refusal | null {
  const heads = [...around.refs.keys()]
    .filter((ref) => ref.startsWith("refs/heads/"))
    .map((ref) => ref.slice("refs/heads/".length));
  const { branch } = names;
  const user = around.entries.find((entry) => entry.branch !== null && same(entry.branch, branch));
  const hint = `${freeHint(names, heads, around.siblings)} Nothing was made.`;
  const twin = heads.find((head) => same(head, branch));
  if (twin !== undefined) {
    const where = user ? `, in use in ${user.path}` : "";
    return { code: "branch-exists", message: `There is already a branch ${twin}${where}.`, hint };
  }
  if (user) {
    return {
      code: "branch-in-use",
      message: `The branch ${branch} is already in use in ${user.path}, although it has no commit yet.`,
      hint,
    };
  }
  const blocker = heads.find((head) => below(branch, head) || below(head, branch));
  if (blocker !== undefined) {
    return {
      code: "branch-conflict",
      message: `Git cannot hold ${branch} beside the branch ${blocker}: one would be a folder of the other.`,
      hint: "Choose another name or branch prefix. Nothing was made.",
    };
  }
  const registered = around.entries.find((entry) => same(entry.path, names.path));
  if (registered?.missing) {
    return {
      code: "path-registered",
      message: `Git still has a worktree at ${names.path} on its books, although the folder is gone.`,
      hint: `Remove that entry first, or choose another name. ${hint}`,
    };
  }
  const sibling = around.siblings.find((name) => same(name, path.basename(names.path)));
  if (sibling !== undefined || registered) {
    const there = path.join(path.dirname(names.path), sibling ?? path.basename(names.path));
    return { code: "path-exists", message: `${there} already exists.`, hint };
  }
  return null;
}

function same(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function below(inner: string, outer: string): boolean {
  return folded(inner).startsWith(`${folded(outer)}/`);
}

function freeHint(names: Names, heads: readonly string[], siblings: readonly string[]): string {
  const taken = new Set([...heads, ...siblings].map(folded));
  const prefix = names.branch.endsWith(names.slug) ? names.branch.slice(0, -names.slug.length) : "";
  const free = freeSlug(names.slug, (slug) => taken.has(folded(slug)) || taken.has(folded(prefix + slug)));
  return `Choose another name; ${free} is free.`;
}
