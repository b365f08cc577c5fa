import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

// Nobody reviews a larger file, and all of them are in memory at once.
const mostBytes = 4 << 20;

/** The texts of files as a commit has them; null for what it has not, what is no file, and what is larger than 4 MB. */
export async function readFilesAt(
  repo: Repo,
  commit: Oid,
  paths: Iterable<string>,
): Promise<Map<string, string | null>> {
  const asked = [...new Set(paths)].filter((path) => !path.includes("\0"));
  const found = new Map<string, string | null>(asked.map((path) => [path, null]));
  const sizes = await batch(repo, "--batch-check", commit, asked);
  const files = parseSizes(sizes, commit, asked).filter(({ size }) => size <= mostBytes);
  let bytes = await batch(
    repo,
    "--batch",
    commit,
    files.map(({ path }) => path),
  );
  for (const { path, size } of files) {
    const start = bytes.indexOf(0x0a) + 1;
    found.set(path, bytes.toString("utf8", start, start + size));
    bytes = bytes.subarray(start + size + 1);
  }
  return found;
}

async function batch(repo: Repo, how: string, commit: Oid, paths: readonly string[]): Promise<Buffer> {
  if (paths.length === 0) return Buffer.alloc(0);
  const args = ["cat-file", how, "-z"];
  const result = await runBytes(repo.dir, args, {
    input: paths.map((path) => `${commit}:${path}\0`).join(""),
  });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return result.stdout;
}

/**
 * Parses `git cat-file --batch-check -z`, an answer for each question in turn; the question comes back where there is
 * no such object, so a path with a line break in it makes two lines:
 *
 *     5c0ffee… blob 120
 *     <commit>:src/gone.ts missing
 */
export function parseSizes(
  answers: Buffer,
  commit: Oid,
  paths: readonly string[],
): { path: string; size: number }[] {
  let text = answers.toString();
  return paths.flatMap((path) => {
    const missing = `${commit}:${path} missing\n`;
    const answer = text.startsWith(missing) ? missing : text.slice(0, text.indexOf("\n") + 1);
    text = text.slice(answer.length);
    const size = /^[0-9a-f]+ blob (\d+)\n$/.exec(answer)?.[1];
    return size === undefined ? [] : [{ path, size: Number(size) }];
  });
}
