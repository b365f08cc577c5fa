import { readBlobs } from "../git/catFile";
import { tryMerge } from "../git/mergeTree";
import { latin1 } from "../git/quoted";
import { tryReplay } from "../git/replay";
import type { Repo } from "../git/repo";
import type { CheckDocument } from "../model/check";
import { done, type Outcome, refused } from "../model/outcome";
import { withPrepared } from "./prepare";

// Nobody reads a larger file line by line.
export const mostShown = 2 << 20;

/** A file as the merge would make it. */
export interface MergedFile {
  readonly path: string;
  /** `absent`: the merge leaves no such file. `large`: it leaves one that is larger than `mostShown` bytes. */
  readonly content: Buffer | "absent" | "large";
  readonly isConflict: boolean;
}

/**
 * What landing a worktree's files, as they lie on disk, would make of a file: the first of `paths` that it leaves, else
 * the last one. Refused as `check` refuses.
 */
export async function mergeResult(
  repo: Repo,
  worktree: string,
  { base, head, method }: Pick<CheckDocument, "base" | "head" | "method">,
  paths: readonly string[],
): Promise<Outcome<MergedFile>> {
  const request = { base: base.oid, head: head.oid, method, worktree: true };
  return withPrepared({ ...repo, top: worktree }, request, undefined, async ({ question }) => {
    const merged = await (method === "rebase" ? tryReplay : tryMerge)(repo, question.base, question.head);
    if (!merged) {
      const message = `${base.ref} and this branch have no common history, so a merge has nothing to go by.`;
      return refused("no-merge-base", message, "Nothing was changed.");
    }
    const nameOf = (path: string) => `${merged.tree}:${latin1(path)}`;
    const blobs = await readBlobs(repo, paths.map(nameOf), mostShown);
    const path = paths.find((each) => blobs.get(nameOf(each)) !== null) ?? paths.at(-1) ?? "";
    const bytes = blobs.get(nameOf(path));
    const isConflict = merged.conflicts.includes(latin1(path));
    return done({ path, content: bytes === undefined ? "large" : (bytes ?? "absent"), isConflict });
  });
}
