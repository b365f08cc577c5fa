import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** The bytes of a blob, as git stores them. */
export async function readBlob(repo: Repo, oid: Oid): Promise<Buffer> {
  const args = ["cat-file", "blob", oid];
  const { exitCode, stdout, stderr } = await runBytes(repo.dir, args);
  if (exitCode !== 0) throw new GitError(args, { exitCode, stdout: "", stderr });
  return stdout;
}
