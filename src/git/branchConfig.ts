import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** A branch's settings (`remote`, `merge` …), in the order of the file. */
export type BranchConfig = readonly (readonly [key: string, value: string])[];

/**
 * Reads `branch.<name>.*` of the repo's own config. `git config -z --get-regexp` prints the lower-case key, a newline
 * and the value, then NUL; a key without `=` has no newline:
 *
 *     branch.Agent/csv.remote
 *     origin
 */
export async function readBranchConfig(repo: Repo, branch: string): Promise<BranchConfig> {
  const result = await run(repo.dir, ["config", "--local", "-z", "--get-regexp", "^branch\\."]);
  const prefix = `branch.${branch}.`;
  return result.stdout.split("\0").flatMap((record) => {
    const newline = record.indexOf("\n");
    const key = newline < 0 ? record : record.slice(0, newline);
    // A last dot ends the branch's name: `branch.a.b.remote` is of branch `a.b`.
    if (!key.startsWith(prefix) || key.slice(prefix.length).includes(".")) return [];
    return [[key.slice(prefix.length), newline < 0 ? "true" : record.slice(newline + 1)] as const];
  });
}

export async function removeBranchConfig(repo: Repo, branch: string): Promise<void> {
  if ((await readBranchConfig(repo, branch)).length === 0) return;
  await runOk(repo.dir, ["config", "--local", "--remove-section", `branch.${branch}`]);
}

/** Adds the settings that are not there. */
export async function restoreBranchConfig(repo: Repo, branch: string, config: BranchConfig): Promise<void> {
  const there = new Set((await readBranchConfig(repo, branch)).map(([key, value]) => `${key}\n${value}`));
  for (const [key, value] of config) {
    if (there.has(`${key}\n${value}`)) continue;
    await runOk(repo.dir, ["config", "--local", "--add", `branch.${branch}.${key}`, value]);
  }
}
