import { realpath } from "node:fs/promises";
import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";
import { type GitResult, run } from "./run";

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
  const [version, asked, listed] = await Promise.all([
    run(start, ["--version"]),
    run(start, ["rev-parse", "--path-format=absolute", ...questions]),
    run(start, ["worktree", "list", "--porcelain", "-z"]),
  ]);
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
  const found = parsePlace(asked) ?? (await askOneByOne(start));
  if (!found) {
    const trusting = ["-c", "safe.directory=*", "rev-parse", "--git-common-dir"];
    if ((await run(start, trusting)).exitCode === 0) {
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
  const commonDir = await realpath(found.commonDir);
  // The first entry is the main worktree; in a bare repo, the git directory itself.
  const first = /^worktree ([^\0]+)\0(?:[^\0]+\0)*?bare\0/.exec(listed.stdout);
  const mainPath = /^worktree ([^\0]+)\0/.exec(listed.stdout)?.[1] ?? found.top ?? commonDir;
  const bare = found.bare || first !== null;
  const top = found.top === null ? null : path.resolve(found.top);
  return done({ dir: bare ? commonDir : mainPath, commonDir, top, bare });
}

const questions = ["--git-common-dir", "--is-bare-repository", "--is-inside-work-tree", "--show-toplevel"];

interface GitPlace {
  readonly commonDir: string;
  readonly bare: boolean;
  /** Null outside a worktree; git then fails at that question, after it has answered the others. */
  readonly top: string | null;
}

/**
 * Parses the answers to all questions at once; null where there are none, or a path has a line break in it:
 *
 *     /home/ann/shop/.git
 *     false
 *     true
 *     /home/ann/shop
 */
function parsePlace({ stdout }: GitResult): GitPlace | null {
  const lines = stdout.split("\n").slice(0, -1).map(line);
  const [commonDir = "", bare, inside, top] = lines;
  const places = inside === "true" ? [commonDir, top ?? ""] : [commonDir];
  if (lines.length !== places.length + 2 || !places.every((place) => path.isAbsolute(place))) return null;
  return { commonDir, bare: bare === "true", top: top ?? null };
}

async function askOneByOne(start: string): Promise<GitPlace | null> {
  const ask = (question: string) => run(start, ["rev-parse", "--path-format=absolute", question]);
  const [commonDir, bare, inside, top] = await Promise.all(questions.map(ask));
  if (commonDir?.exitCode !== 0) return null;
  const inWorktree = line(inside?.stdout ?? "") === "true";
  return {
    commonDir: line(commonDir.stdout),
    bare: line(bare?.stdout ?? "") === "true",
    top: inWorktree && top ? line(top.stdout) : null,
  };
}

function line(text: string): string {
  return text.replace(/\r?\n$/, "");
}
