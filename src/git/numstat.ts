import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/**
 * Lines that `after` lacks, by `before`'s path (latin1); a binary file that differs counts 1.
 *
 *     3⇥17⇥src/a.ts␀
 *     0⇥2⇥␀old.ts␀new.ts␀     (a rename)
 *     -⇥-⇥logo.png␀           (binary)
 */
export async function readRemovedCounts(
  repo: Repo,
  before: Oid,
  after: Oid,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const args = [
    ...["diff-tree", "-r", "-z", "--numstat", "--find-renames=50%", "--diff-algorithm=myers"],
    ...["--no-ext-diff", "--no-textconv", "--ignore-submodules=none", before, after],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const counts = new Map<string, number>();
  const words = result.stdout.toString("latin1").split("\0");
  for (let i = 0; i < words.length - 1; i++) {
    const [, removed = "", path = ""] = words[i]?.split("\t") ?? [];
    const name = path === "" ? (words[i + 1] ?? "") : path;
    if (path === "") i += 2;
    counts.set(name, removed === "-" ? 1 : Number(removed));
  }
  return counts;
}
