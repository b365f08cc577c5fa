import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { type GitOptions, type GitResult, run } from "./run";

/**
 * Checks a commit out, detached, into a repo of its own that borrows the objects of the real one: whoever works there
 * reaches no branch, no remote, no settings and no hooks of that. Deleting the folder is all there is to clean up. What the
 * patterns of `without` match, as in .gitignore, is not put there.
 */
export async function borrowCheckout(
  repo: Repo,
  commit: Oid,
  folder: string,
  without: readonly string[],
  options: GitOptions,
): Promise<GitResult> {
  const gitDir = path.join(folder, ".git");
  await mkdir(path.join(gitDir, "objects", "info"), { recursive: true });
  await Promise.all([mkdir(path.join(gitDir, "refs")), mkdir(path.join(gitDir, "info"))]);
  await Promise.all([
    writeFile(path.join(gitDir, "HEAD"), `${commit}\n`),
    writeFile(path.join(gitDir, "config"), config(commit)),
    writeFile(
      path.join(gitDir, "info", "sparse-checkout"),
      ["/*", ...without.map((pattern) => `!${pattern}`), ""].join("\n"),
    ),
    writeFile(
      path.join(gitDir, "objects", "info", "alternates"),
      `${path.join(repo.commonDir, "objects")}\n`,
    ),
    // Where a shallow clone's history ends; most repos have no such file.
    copyFile(path.join(repo.commonDir, "shallow"), path.join(gitDir, "shallow")).catch(() => undefined),
  ]);
  // No large files from a server; the person's own line ends and filters hold.
  return run(folder, ["-c", "checkout.workers=0", "reset", "--quiet", "--hard", "--no-recurse-submodules"], {
    ...options,
    env: { GIT_LFS_SKIP_SMUDGE: "1" },
  });
}

function config(commit: Oid): string {
  const format = commit.length === 64 ? "1\n[extensions]\n\tobjectFormat = sha256\n[core]" : "0";
  return `[core]\n\trepositoryFormatVersion = ${format}\n\tbare = false\n\thooksPath = /dev/null\n\tsparseCheckout = true\n`;
}
