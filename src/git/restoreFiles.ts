import type { Oid } from "../model/worktree";
import { run, runOk } from "./run";

/** Writes files of a tree into a worktree, and removes those that the tree has not; the index stays as it is. */
export async function restoreFiles(worktree: string, tree: Oid, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const from = ["--literal-pathspecs", "restore", `--source=${tree}`, "--worktree", "--no-overlay"];
  await runOk(worktree, [...from, "--pathspec-from-file=-", "--pathspec-file-nul"], { input: bytes(paths) });
}

/** Makes the index that of a commit again, and writes those of the paths that are not there. */
export async function restoreIndex(worktree: string, commit: Oid, paths: readonly string[]): Promise<void> {
  await runOk(worktree, ["read-tree", "--reset", commit]);
  // Exit code 1 only says that some files are there, or not in the index.
  await run(worktree, ["checkout-index", "--quiet", "-z", "--stdin"], { input: bytes(paths) });
  await run(worktree, ["update-index", "-q", "--refresh"]);
}

/** Paths held one character a byte. */
function bytes(paths: readonly string[]): Buffer {
  return Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1");
}
