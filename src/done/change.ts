import type { PullText } from "../model/done";
import type { Oid } from "../model/worktree";

export interface Line {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

export interface ChangedFile {
  readonly status: "added" | "deleted" | "changed" | "renamed" | "copied";
  /** As the head names it; of a deleted file, as it was. */
  readonly path: string;
  readonly oldPath: string;
  readonly binary: boolean;
  /** Numbered as in the head's file. */
  readonly added: readonly Line[];
  readonly removed: readonly string[];
}

export interface ChangeCommit {
  readonly oid: Oid;
  readonly subject: string;
  readonly body: string;
  /** The paths that it changed; of a merge none. */
  readonly touched: readonly string[];
}

/** A place where a text was found in the head's files. */
export interface Hit extends Line {
  readonly path: string;
}

/** All that the rules are told of a change: what the head has otherwise than where it left the target. */
export interface Change {
  readonly files: readonly ChangedFile[];
  /** Oldest first. */
  readonly commits: readonly ChangeCommit[];
  readonly branch: string | null;
  /** Null: there is none, or it is not known. */
  readonly pull: PullText | null;
  /** Every path, before and after. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  /** The head's text of a file that the rules may read; null where it has no such file, or a huge one. */
  read(path: string): string | null;
  readBefore(path: string): string | null;
}

/** The files that the change leaves in the head. */
export function present({ files }: Pick<Change, "files">): readonly ChangedFile[] {
  return files.filter(({ status }) => status !== "deleted");
}

/** The paths that the change takes away, moved ones included. */
export function gonePaths({ before, after, files }: Pick<Change, "before" | "after" | "files">): string[] {
  return files.map(({ oldPath }) => oldPath).filter((path) => before.has(path) && !after.has(path));
}
