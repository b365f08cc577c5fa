import { Aside } from "../git/aside";
import type { Repo } from "../git/repo";
import { readWorktreeTree } from "../git/worktreeTree";
import type { Oid } from "../model/worktree";
import { makeTemporaryFolder } from "../store/temporaryFolder";

/** The id of a tree of a worktree's files as they lie on disk, to see whether somebody changed them; nothing is stored. */
export async function filesNow(repo: Repo, worktree: string): Promise<Oid> {
  const aside = new Aside(repo, makeTemporaryFolder);
  try {
    return (await aside.use(() => readWorktreeTree(aside, worktree))).tree;
  } finally {
    await aside.close();
  }
}
