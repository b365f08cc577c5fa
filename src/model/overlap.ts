/** What two branches do to one file, each beside the other. */
export type Meeting =
  /** Both change the same lines, or lines next to each other. */
  | "lines"
  /** Both change the file, in places apart from each other. */
  | "apart"
  /** Both change something that has no lines: a binary, a link, a submodule, a very large file. */
  | "whole"
  /** One deletes the file, the other changes it. */
  | "deleted"
  /** One gives the file another name, the other changes it or gives it a name of its own. */
  | "moved"
  /** Both make a file of the same name. */
  | "added"
  /** One has a file where the other has a folder, or moves the folder that the other adds a file to. */
  | "place";

/** A file that two branches meet in, as seen from one of them. */
export interface SharedFile {
  /** As this branch names it. */
  readonly path: string;
  /** As the other one does. */
  readonly otherPath: string;
  readonly meeting: Meeting;
  /** Who deletes or moves the file; null for the other meetings. */
  readonly by: "this" | "other" | "both" | null;
  /** Merging the two would leave a conflict here. */
  readonly conflict: boolean;
  /** First and last line in this branch's file of what both change, 1-based and inclusive. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** How one branch stands to another one, before either is merged. */
export interface Overlap {
  /** The other one: a worktree's path, or `#12` for a pull request without a worktree. */
  readonly with: string;
  /**
   * From worst to calm: merging the two would conflict; they change the same things; they change the same files, apart
   * from each other; this branch has all commits of the other; the other has all of this one's.
   */
  readonly kind: "conflict" | "lines" | "files" | "builds-on" | "built-on";
  /** False: git could not try the merge, so that it may conflict all the same. */
  readonly tried: boolean;
  /** Worst first; at most as many as a person will read. */
  readonly files: readonly SharedFile[];
  /** How many there are besides. */
  readonly more: number;
}
