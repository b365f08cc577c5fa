import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run } from "./run";
import type { Scratch } from "./scratch";

/** The trees of commits (a tree's is itself), in one git process; what is not here has none. */
export async function treesOf(
  place: Pick<Scratch, "open"> | Pick<Repo, "commonDir">,
  commits: readonly Oid[],
  signal?: AbortSignal,
): Promise<Map<Oid, Oid>> {
  const trees = new Map<Oid, Oid>();
  if (commits.length === 0) return trees;
  const dir = "open" in place ? (await place.open()).dir : place.commonDir;
  const { stdout } = await run(dir, ["--git-dir=.", "cat-file", "--batch-check", "--buffer"], {
    input: `${commits.map((oid) => `${oid}^{tree}`).join("\n")}\n`,
    ...(signal ? { signal } : {}),
  });
  // 8b1a9953c4611296a827abf8c47804d7f4a7b9e1 tree 214
  stdout.split("\n").forEach((line, i) => {
    const [tree, type] = line.split(" ");
    const commit = commits[i];
    if (tree && commit && type === "tree") trees.set(commit, tree);
  });
  return trees;
}
