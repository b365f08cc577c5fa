import { realpath } from "node:fs/promises";
import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";
import { run } from "./run";

/** Where a repo lives. All paths are absolute and have no links in them. */
export interface Repo {
  /** The folder to run git in: the main worktree's top, or the git directory of a bare repo. */
  readonly dir: string;
  /** Shared by all worktrees; our notes live beside it, in `agent-foreman/`. */
  readonly commonDir: string;
  /** The top of the worktree that was asked about; null inside a bare repo. */
  readonly top: string | null;
  readonly bare: boolean;
}

const oldestGit = [2, 38] as const;

/**
 * Finds the repo that holds `dir`.
 * Refused as `no-folder`, `no-git`, `git-too-old`, `not-a-repo` or `unsafe-repo`.
 */
export async function openRepo(dir: string): Promise<Outcome<Repo>> {
  let start: string;
  try {
    start = await realpath(dir);
  } catch {
    return refused("no-folder", `There is no folder ${dir}.`, "Check the path, or open the repo's folder.");
  }
  const version = await run(start, ["--version"]);
  if (version.exitCode === -2 || version.exitCode === null) {
    return refused(
      "no-git",
      "Git was not found on this machine.",
      "Install git 2.38 or newer, and try again.",
    );
  }
  // git version 2.39.5 (Apple Git-154)
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version.stdout) ?? []).slice(1).map(Number);
  if (major < oldestGit[0] || (major === oldestGit[0] && minor < oldestGit[1])) {
    return refused(
      "git-too-old",
      `Git ${major}.${minor} is too old: merges cannot be tried out without touching files before 2.38.`,
      "Update git, and try again. Nothing was changed.",
    );
  }
  // A path may hold line breaks, so each is asked for alone.
  const ask = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
  const found = await run(start, ask);
  if (found.exitCode !== 0) {
    if ((await run(start, ["-c", "safe.directory=*", ...ask])).exitCode === 0) {
      return refused(
        "unsafe-repo",
        `Git does not trust ${dir}, because another user owns it.`,
        `If you trust it: git config --global --add safe.directory ${dir}`,
      );
    }
    return refused(
      "not-a-repo",
      `${dir} is not inside a git repository.`,
      "Open the folder of a git repository, or run git init there.",
    );
  }
  const commonDir = await realpath(line(found.stdout));
  const kind = await run(start, ["rev-parse", "--is-bare-repository", "--is-inside-work-tree"]);
  const [bareWord, insideWord] = kind.stdout.trimEnd().split("\n");
  const top =
    insideWord === "true" ? line((await run(start, ["rev-parse", "--show-toplevel"])).stdout) : null;
  const listed = await run(start, ["worktree", "list", "--porcelain", "-z"]);
  // The first entry is the main worktree; in a bare repo, the git directory itself.
  const first = /^worktree ([^\0]+)\0(?:[^\0]+\0)*?bare\0/.exec(listed.stdout);
  const mainPath = /^worktree ([^\0]+)\0/.exec(listed.stdout)?.[1] ?? top ?? commonDir;
  const bare = bareWord === "true" || first !== null;
  return done({ dir: bare ? commonDir : mainPath, commonDir, top: top ? path.resolve(top) : null, bare });
}

function line(text: string): string {
  return text.replace(/\r?\n$/, "");
}
