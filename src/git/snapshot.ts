import { lstat, readlink, rm } from "node:fs/promises";
import path from "node:path";
import type { Oid } from "../model/worktree";
import type { ChangedPath } from "./changes";
import { storeBytes, storeFiles } from "./hash";
import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** What a tree has at a path; null: nothing. */
export type TreeEntry = { readonly mode: string; readonly oid: Oid } | null;

/**
 * Writes the tree that a worktree's files make, byte for byte: no filter and no line-ending conversion is applied, so
 * what is written back from it is what was there. Only objects are written; the worktree's index is not touched.
 * `scratch`: a file name of our own for the index that this needs.
 */
export async function treeOnDisk(
  repo: Repo,
  folder: string,
  head: Oid,
  paths: readonly ChangedPath[],
  scratch: string,
): Promise<Oid> {
  const entries = await readPaths(repo, folder, paths);
  const nothing = "0".repeat(head.length);
  const input = [...entries].map(
    ([name, entry]) => `${entry?.mode ?? 0} ${entry?.oid ?? nothing}\t${name}\0`,
  );
  const env = { GIT_INDEX_FILE: scratch };
  const whole = ["-c", "core.splitIndex=false", "-c", "core.fsmonitor=false"];
  try {
    await runOk(repo.dir, [...whole, "read-tree", head], { env });
    await runOk(repo.dir, [...whole, "update-index", "-z", "--index-info"], { env, input: input.join("") });
    return (await runOk(repo.dir, [...whole, "write-tree"], { env })).trim();
  } finally {
    await rm(scratch, { force: true });
  }
}

async function readPaths(
  repo: Repo,
  folder: string,
  paths: readonly ChangedPath[],
): Promise<Map<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>();
  const files: { name: string; mode: string }[] = [];
  for (const { path: name, index, deleted } of paths) {
    const file = path.join(folder, name);
    const found = await lstat(file).catch(() => null);
    if (found?.isSymbolicLink()) {
      entries.set(name, { mode: "120000", oid: await storeBytes(repo, await readlink(file, "buffer")) });
    } else if (found?.isFile()) files.push({ name, mode: fileMode(found.mode, index?.mode) });
    else if (index?.mode === "160000" && found?.isDirectory())
      entries.set(name, await submodule(file, index));
    else entries.set(name, found === null && !deleted ? index : null);
  }
  const names = files.map(({ name }) => path.join(folder, name));
  const oids = await storeFiles(repo, names);
  files.forEach(({ name, mode }, i) => {
    entries.set(name, { mode, oid: oids[i] ?? "" });
  });
  return entries;
}

function fileMode(mode: number, modeInIndex: string | undefined): string {
  // Windows keeps no executable bit; git's own record of it is all there is.
  if (process.platform === "win32") return modeInIndex === "100755" ? "100755" : "100644";
  return mode & 0o100 ? "100755" : "100644";
}

/** A submodule's folder stands for the commit it is at. Its own setting of where its files are may be out of date. */
async function submodule(folder: string, index: NonNullable<TreeEntry>): Promise<TreeEntry> {
  const args = ["--git-dir=.git", "--work-tree=.", "rev-parse", "--verify", "--quiet", "HEAD"];
  const result = await run(folder, args);
  // Not checked out: it is as the index has it.
  return result.exitCode === 0 ? { mode: "160000", oid: result.stdout.trim() } : index;
}

/** The tree that a worktree's index holds. It is read from `copy`, a copy of it, so that git has nothing to update. */
export async function treeOfIndex(adminDir: string, copy: string): Promise<Oid> {
  const args = ["-c", "core.fsmonitor=false", `--git-dir=${adminDir}`, "write-tree"];
  return (await runOk(path.dirname(copy), args, { env: { GIT_INDEX_FILE: copy } })).trim();
}

/** Writes a commit of ours; works where the person never told git their name. */
export async function commitTree(
  repo: Repo,
  tree: Oid,
  parents: readonly Oid[],
  message: string,
): Promise<Oid> {
  const us = { NAME: "Agent Foreman", EMAIL: "agent-foreman@localhost" };
  const env = {
    GIT_AUTHOR_NAME: us.NAME,
    GIT_AUTHOR_EMAIL: us.EMAIL,
    GIT_COMMITTER_NAME: us.NAME,
    GIT_COMMITTER_EMAIL: us.EMAIL,
  };
  const args = ["-c", "commit.gpgSign=false", "commit-tree", tree, ...parents.flatMap((oid) => ["-p", oid])];
  return (await runOk(repo.dir, args, { env, input: message })).trim();
}

/** The tree of a commit. */
export async function treeOf(repo: Repo, commit: Oid): Promise<Oid> {
  return (await runOk(repo.dir, ["rev-parse", "--verify", `${commit}^{tree}`])).trim();
}
