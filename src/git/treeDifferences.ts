import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";
import type { TreeEntry } from "./snapshot";

/** A path that two trees differ in, and what the second has there; null: nothing. */
export interface TreeDifference {
  readonly path: string;
  readonly entry: TreeEntry;
  /** The first tree has nothing there. */
  readonly added: boolean;
}

/**
 * Parses `git diff-tree -r -z --no-renames <a> <b>` (fields end in NUL):
 *
 *     :100644 000000 <oid> <oid> D
 *     src/gone.ts
 */
export async function treeDifferences(repo: Repo, from: Oid, to: Oid): Promise<TreeDifference[]> {
  const text = await runOk(repo.dir, ["diff-tree", "-r", "-z", "--no-renames", "--full-index", from, to]);
  const fields = text.split("\0");
  const differences: TreeDifference[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [, mode = "", , oid = "", letter] = (fields[i] ?? "").split(" ");
    differences.push({
      path: fields[i + 1] ?? "",
      entry: letter === "D" ? null : { mode, oid },
      added: letter === "A",
    });
  }
  return differences;
}
