import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/**
 * Reads many blobs in one go. Names are oids or `<commit>:<path>`, bytes held as latin1 text.
 * What is absent or no blob comes back as null; what is larger than `limit` bytes is left out.
 */
export async function readBlobs(
  repo: Repo,
  names: readonly string[],
  limit = 8 << 20,
  signal?: AbortSignal,
): Promise<Map<string, Buffer | null>> {
  const found = new Map<string, Buffer | null>();
  // A name with a newline in it would be read as two.
  const askable = [...new Set(names)].filter((name) => !/[\n\0]/.test(name));
  for (const name of names) found.set(name, null);
  if (askable.length === 0) return found;
  const args = ["cat-file", "--batch"];
  const input = Buffer.from(`${askable.join("\n")}\n`, "latin1");
  const result = await runBytes(repo.commonDir, args, { input, ...(signal ? { signal } : {}) });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  // <oid> blob <size>⏎<bytes>⏎ or <name> missing⏎
  let at = 0;
  for (const name of askable) {
    const newline = result.stdout.indexOf(10, at);
    const words = /^\S+ (\w+) (\d+)$/.exec(result.stdout.toString("latin1", at, newline));
    at = newline + 1;
    if (!words) continue;
    const size = Number(words[2]);
    if (words[1] === "blob" && size > limit) found.delete(name);
    else if (words[1] === "blob") found.set(name, result.stdout.subarray(at, at + size));
    at += size + 1;
  }
  return found;
}

/** Those of some names (as in `readBlobs`) that are blobs of the repo; one with a line break in it counts as absent. */
export async function haveBlobs(
  repo: Repo,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Set<string>> {
  const askable = names.filter((name) => !/[\n\0]/.test(name));
  if (askable.length === 0) return new Set();
  const args = ["cat-file", "--batch-check=%(objecttype)", "--buffer"];
  const input = Buffer.from(`${askable.join("\n")}\n`, "latin1");
  const result = await runBytes(repo.commonDir, args, { input, ...(signal ? { signal } : {}) });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  // blob⏎ or <name> missing⏎
  const answers = result.stdout.toString("latin1").split("\n");
  return new Set(askable.filter((_, i) => answers[i] === "blob"));
}
