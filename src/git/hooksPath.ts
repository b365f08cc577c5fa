import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** Where git looks for hooks, seen from the worktree that was asked about, and whether a setting says so. */
export interface HooksPath {
  readonly dir: string;
  /** `core.hooksPath` as it is set; null: git's own place in the repo. */
  readonly setting: string | null;
}

export async function readHooksPath(repo: Repo): Promise<HooksPath> {
  const at = repo.top ?? repo.dir;
  const [dir, set] = await Promise.all([
    runOk(at, ["rev-parse", "--path-format=absolute", "--git-path", "hooks"]),
    run(at, ["config", "--get", "core.hooksPath"]),
  ]);
  const setting = set.stdout.replace(/\r?\n$/, "");
  return { dir: dir.replace(/\r?\n$/, ""), setting: set.exitCode === 0 && setting !== "" ? setting : null };
}
