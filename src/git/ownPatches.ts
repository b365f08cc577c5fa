import type { Oid } from "../model/worktree";
import { type FilePatch, patchFlags, readPatch } from "./patch";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/**
 * What each commit of `head` that `base` lacks did to some paths (latin1), newest first; merges are left out.
 *
 *     ␁<oid>
 *
 *     diff --git a/src/a.ts b/src/a.ts
 *     …
 */
export async function readOwnPatches(
  repo: Repo,
  base: Oid,
  head: Oid,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Map<Oid, readonly FilePatch[]>> {
  const args = [
    ...["--literal-pathspecs", "-c", "core.quotePath=false", "-c", "core.bigFileThreshold=4m"],
    ...["log", ...patchFlags, "--no-follow", "--no-show-signature", "--no-merges", "--format=%x01%H"],
    ...[head, `^${base}`, "--", ...paths.map((name) => Buffer.from(name, "latin1").toString())],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const text = result.stdout.toString("latin1");
  const patches = new Map<Oid, readonly FilePatch[]>();
  // Lines of files are passed over with their hunks, so this is the next commit and nothing else.
  for (let at = 0; at >= 0; ) {
    const newline = text.indexOf("\n", at);
    const { files, end } = readPatch(text, text[newline + 1] === "\n" ? newline + 2 : newline + 1);
    patches.set(text.slice(at + 1, newline), files);
    at = text.indexOf("\x01", end);
  }
  return patches;
}
