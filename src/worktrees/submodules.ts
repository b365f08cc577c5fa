import { stat } from "node:fs/promises";
import path from "node:path";
import type { GitOptions } from "../git/run";
import { checkOutSubmodule, hasCommit, listSubmodules } from "../git/submodules";
import { exists } from "./inside";

/** What became of a new worktree's submodules. */
export type SubmoduleState = "none" | "ready" | "not-initialised";

/**
 * Checks the submodules of a new worktree out, nested ones too, as far as this machine has their commits already:
 * `modules` is the folder of git directories that the main worktree's submodules use. Nothing is fetched.
 */
export async function initSubmodules(
  top: string,
  modules: string,
  options: GitOptions,
  nested = false,
): Promise<SubmoduleState> {
  if (!(await exists(path.join(top, ".gitmodules")))) return "none";
  const found = await listSubmodules(top, options);
  if (found === null) return "not-initialised";
  if (found.length === 0) return "none";
  for (const submodule of found) {
    const gitDir = path.join(modules, submodule.name);
    // A name becomes a path and a configuration key.
    if (/\.\.|[=\n]/.test(submodule.name) || !(await isFolder(gitDir))) return "not-initialised";
    if (!(await hasCommit(gitDir, submodule.oid, options))) return "not-initialised";
  }
  for (const submodule of found) {
    const gitDir = path.join(modules, submodule.name);
    if (!(await checkOutSubmodule(top, submodule, gitDir, nested, options))) return "not-initialised";
    const inside = path.join(top, submodule.path);
    const below = await initSubmodules(inside, path.join(gitDir, "modules"), options, true);
    if (below === "not-initialised") return below;
  }
  return "ready";
}

async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isDirectory() === true;
}
