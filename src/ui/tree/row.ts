import type { StaleLimit } from "../../fleet/needsYou";
import type { Base, Worktree } from "../../model/worktree";
import type { Translate } from "../translate";
import type { Names } from "./overlaps";

/** One line of the tree, ready to be drawn; no editor needed to make or compare it. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  /** Markdown; what comes from outside is escaped in it. */
  readonly tooltip: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
  /** The node's capabilities. */
  readonly context: string;
}

/** A codicon and a theme colour. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** What is needed, beside a worktree, to say something about it. */
export interface Scene {
  readonly t: Translate;
  /** Milliseconds. */
  readonly now: number;
  readonly target: Base | null;
  /** False while facts are still to come: what is null may yet be known. */
  readonly complete: boolean;
  readonly limit: StaleLimit;
  /** The worktrees that this window has open; their paths. */
  readonly current: ReadonlySet<string>;
  /** Names that more than one worktree has; their rows show the folder above too. */
  readonly twins: ReadonlySet<string>;
  readonly names: Names;
}

/** A ref as a person says it: refs/remotes/origin/main → origin/main. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes|tags)\//, "");
}

export function shortOid(oid: string): string {
  return oid.slice(0, 8);
}

/** How a person calls the place a worktree is at: its branch, or the commit where it has none. */
export function whereabouts(worktree: Worktree, t: Translate): string {
  if (worktree.branch !== null) return worktree.branch;
  return worktree.head ? t("detached at {0}", shortOid(worktree.head)) : t("no commits yet");
}
