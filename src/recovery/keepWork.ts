import { Aside } from "../git/aside";
import { commitTree } from "../git/commitTree";
import type { Repo } from "../git/repo";
import { createRef } from "../git/updateRef";
import { readWorktreeTree } from "../git/worktreeTree";
import type { Oid } from "../model/worktree";
import { makeTemporaryFolder } from "../store/temporaryFolder";
import { rescueRefName } from "../worktrees/rescue";

/** Keeps a worktree's files as they lie on disk, before they are set back. Gives a sentence that says where. */
export async function keepWork(
  repo: Repo,
  worktree: { readonly folder: string; readonly branch: string; readonly head: Oid },
): Promise<string> {
  const { folder, branch, head } = worktree;
  const aside = new Aside(repo, makeTemporaryFolder);
  // Not inside `aside.use`: these objects are to stay.
  const { tree } = await readWorktreeTree(aside, folder).finally(() => aside.close());
  const commit = await commitTree(repo, tree, [head], `What was in the worktree of ${branch}`);
  const ref = rescueRefName(branch, folder, new Date());
  if (!(await createRef(repo, ref, commit))) throw new Error(`The rescue ref ${ref} could not be made.`);
  return `What was being edited in ${folder} is kept at ${ref}.`;
}
