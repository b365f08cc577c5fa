import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { openRepo, type Repo } from "../../src/git/repo";
import type { Outcome } from "../../src/model/outcome";
import {
  type CreatedWorktree,
  type CreateOptions,
  createWorktree,
  type NewWorktree,
} from "../../src/worktrees/create";
import type { TestRepo } from "../kit/repo";

export async function opened(repo: TestRepo): Promise<Repo> {
  const outcome = await openRepo(repo.dir);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value;
}

export async function create(
  repo: TestRepo,
  request: string | NewWorktree,
  options?: CreateOptions,
): Promise<Outcome<CreatedWorktree>> {
  return createWorktree(
    await opened(repo),
    typeof request === "string" ? { name: request } : request,
    options,
  );
}

/** The value, where success is expected. */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}

/** The refusal's code; "ok" where there is none. */
export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? "ok" : outcome.refusal.code;
}

/** Everything that a failed creation could have left: refs, git's folders and notes, ours, and the files around. */
export function traces(repo: TestRepo): unknown {
  const common = path.resolve(repo.dir, repo.git("rev-parse", "--git-common-dir"));
  const notes = path.join(common, "agent-foreman");
  return {
    refs: repo.git("for-each-ref", "--format=%(refname) %(objectname)"),
    worktrees: repo.git("worktree", "list", "--porcelain"),
    admin: names(path.join(common, "worktrees")),
    refDirs: tree(path.join(common, "refs")).filter((name) => !name.startsWith("remotes/")),
    logDirs: tree(path.join(common, "logs")).filter((name) => !name.includes("remotes/")),
    locks: tree(common).filter((name) => name.endsWith(".lock")),
    config: readFileSync(path.join(common, "config"), "utf8"),
    exclude: text(path.join(common, "info", "exclude")),
    around: names(path.dirname(repo.dir)),
    records: text(path.join(notes, "worktrees.jsonl")),
    pending: names(path.join(notes, "pending")),
    drafts: names(notes).filter((name) => name.startsWith(".") || name.startsWith("settle")),
  };
}

function names(dir: string): string[] {
  return existsSync(dir) && lstatSync(dir).isDirectory() ? readdirSync(dir).sort() : [];
}

function text(file: string): string {
  return existsSync(file) && lstatSync(file).isFile() ? readFileSync(file, "utf8") : "";
}

/** All paths below a folder; links are not followed. */
export function tree(dir: string, below = ""): string[] {
  return names(path.join(dir, below)).flatMap((name) => {
    const at = path.join(below, name);
    return lstatSync(path.join(dir, at)).isDirectory() ? [`${at}/`, ...tree(dir, at)] : [at];
  });
}
