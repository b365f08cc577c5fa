import type { Oid } from "../model/worktree";
import { type FilePatch, patchFlags, readPatch } from "./patch";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** What the landings of `tip` that are not in `stop` did to some paths (latin1), newest first. */
export async function readLandingPatches(
  repo: Repo,
  tip: Oid,
  stop: Oid | null,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Map<Oid, FilePatch[]>> {
  return readLog(
    repo,
    ["--first-parent", "--diff-merges=first-parent", "--root", tip, ...(stop ? [`^${stop}`] : [])],
    paths,
    signal,
  );
}

/** What each commit of `head` that `base` lacks did to some paths (latin1), newest first; merges are left out. */
export async function readOwnPatches(
  repo: Repo,
  base: Oid,
  head: Oid,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Map<Oid, FilePatch[]>> {
  return readLog(repo, ["--no-merges", head, `^${base}`], paths, signal);
}

async function readLog(
  repo: Repo,
  which: readonly string[],
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<Oid, FilePatch[]>> {
  const args = [
    ...["--literal-pathspecs", "-c", "core.quotePath=false", "-c", "log.showSignature=false"],
    ...["-c", "core.bigFileThreshold=4m"],
    ...["log", ...patchFlags, "--format=%x01%H", ...which, "--"],
    ...paths.map((name) => Buffer.from(name, "latin1").toString()),
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const text = result.stdout.toString("latin1");
  const patches = new Map<Oid, FilePatch[]>();
  // ␁<oid>⏎⏎diff --git …
  let at = text.indexOf("\x01");
  while (at !== -1 && at < text.length) {
    const newline = text.indexOf("\n", at);
    const oid = text.slice(at + 1, newline);
    const start = text[newline + 1] === "\n" ? newline + 2 : newline + 1;
    const read = readPatch(text, start);
    patches.set(oid, read.files);
    at = text.indexOf("\x01", read.end);
  }
  return patches;
}
