import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run } from "./run";

/**
 * For each branch (full name) the commits that were made on it in this repo, by committing or picking, the newest
 * first: told by its reflog, which a clone does not copy and git forgets after some months.
 */
export async function readMade(
  repo: Repo,
  branches: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, readonly Oid[]>> {
  if (branches.length === 0) return new Map();
  const options = ["--walk-reflogs", "--ignore-missing", "--no-show-signature", "--no-color", "-z"];
  const args = ["log", ...options, "--format=%x01%gD%x02%H%x02%gs", ...branches, "--"];
  const { exitCode, stdout } = await run(repo.dir, args, signal ? { signal } : {});
  return exitCode === 0 ? parseMade(stdout) : new Map();
}

/** Parses `\x01refs/heads/agent/csv@{0}\x02<id>\x02commit (amend): feat: csv␀` pieces. */
export function parseMade(text: string): Map<string, readonly Oid[]> {
  const made = new Map<string, Oid[]>();
  for (const piece of text.split("\0")) {
    const [selector = "", oid, what = ""] = piece.slice(1).split("\x02");
    if (oid === undefined || !/^(commit|cherry-pick)\b/.test(what)) continue;
    const branch = selector.replace(/@\{[^}]*\}$/, "");
    const oids = made.get(branch);
    if (oids) oids.push(oid);
    else made.set(branch, [oid]);
  }
  return made;
}
