import path from "node:path";
import type { Oid } from "../model/worktree";
import { type GitOptions, run } from "./run";

/** A submodule that a checkout names, and the commit that it wants. */
export interface Submodule {
  readonly name: string;
  /** Relative to the checkout. */
  readonly path: string;
  readonly oid: Oid;
}

/** The submodules of a checkout; null when git cannot make sense of what it says of them. */
export async function listSubmodules(top: string, options: GitOptions): Promise<Submodule[] | null> {
  const config = ["config", "-z", "--file", ".gitmodules", "--get-regexp", "^submodule\\..*\\.path$"];
  const [named, staged] = await Promise.all([
    run(top, config, options),
    run(top, ["ls-files", "--stage", "-z"], options),
  ]);
  if (named.exitCode !== 0 || staged.exitCode !== 0) return null;
  const gitlinks = parseGitlinks(staged.stdout);
  const found: Submodule[] = [];
  for (const { name, path } of parsePaths(named.stdout)) {
    const oid = gitlinks.get(path);
    if (oid !== undefined) found.push({ name, path, oid });
  }
  return found;
}

/** Parses `submodule.lib.path\nvendor/lib\0` … */
function parsePaths(text: string): { name: string; path: string }[] {
  return text.split("\0").flatMap((item) => {
    const end = item.indexOf("\n");
    const name = /^submodule\.(.+)\.path$/.exec(item.slice(0, end))?.[1];
    return name === undefined ? [] : [{ name, path: item.slice(end + 1) }];
  });
}

/** Parses `160000 5c0ffee… 0\tvendor/lib\0` …, passing over files. */
function parseGitlinks(text: string): Map<string, Oid> {
  return new Map(
    text.split("\0").flatMap((item) => {
      const [, oid, file] = /^160000 (\S+) 0\t(.*)$/s.exec(item) ?? [];
      return oid === undefined || file === undefined ? [] : [[file, oid] as const];
    }),
  );
}

/** Whether a git directory has the commit itself. */
export async function hasCommit(gitDir: string, oid: Oid, options: GitOptions): Promise<boolean> {
  const args = [`--git-dir=${gitDir}`, "cat-file", "-e", `${oid}^{commit}`];
  return (await run(path.dirname(gitDir), args, options)).exitCode === 0;
}

/**
 * Checks a submodule out from a git directory on this machine, and names its real remote afterwards. `note`: in the
 * checkout's configuration too, which is right only where no other worktree shares it.
 */
export async function checkOutSubmodule(
  top: string,
  { name, path: where }: Submodule,
  gitDir: string,
  note: boolean,
  options: GitOptions,
): Promise<boolean> {
  const from = ["-c", "protocol.file.allow=always", "-c", `submodule.${name}.url=${gitDir}`];
  const update = ["submodule", "--quiet", "update", "--init", "--", where];
  if ((await run(top, [...from, ...update], options)).exitCode !== 0) return false;
  const found = await run(top, [`--git-dir=${gitDir}`, "config", "--get", "remote.origin.url"], options);
  if (found.exitCode !== 0) return true;
  const url = found.stdout.replace(/\n$/, "");
  const set = (dir: string, key: string) => run(dir, ["config", key, url], options);
  const done = [await set(path.join(top, where), "remote.origin.url")];
  if (note) done.push(await set(top, `submodule.${name}.url`));
  return done.every((result) => result.exitCode === 0);
}
