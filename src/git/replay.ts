import type { Oid } from "../model/worktree";
import { commitTree } from "./commitTree";
import { type TriedMerge, tryMerge } from "./mergeTree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/**
 * What replaying the commits of `head` onto `base` one by one would make, as a server's "rebase and merge" does; merges and
 * commits that base already has as a patch are left out. Stops at the first conflict. Writes loose objects only.
 */
export async function tryReplay(repo: Repo, base: Oid, head: Oid, signal?: AbortSignal): Promise<TriedMerge> {
  const options = signal ? { signal } : {};
  const range = ["--reverse", "--topo-order", "--no-merges", "--right-only", "--cherry-pick"];
  const listed = await runOk(
    repo.commonDir,
    ["rev-list", "--parents", ...range, `${base}...${head}`],
    options,
  );
  let made: TriedMerge = {
    tree: (await runOk(repo.commonDir, ["rev-parse", `${base}^{tree}`], options)).trim(),
    conflicts: [],
  };
  for (const line of listed.split("\n").filter(Boolean)) {
    const [commit = "", parent] = line.split(" ");
    // With the commit's own parent as the only common ancestor, a merge is a pick.
    const ours = await commitTree(repo, made.tree, parent ? [parent] : [], "replayed", signal);
    const picked = parent ? await tryMerge(repo, ours, commit, signal) : null;
    if (!picked) continue;
    made = picked;
    if (made.conflicts.length > 0) break;
  }
  return made;
}
