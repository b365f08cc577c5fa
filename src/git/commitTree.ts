import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** Of what nobody committed. */
export const ourEmail = "agent-foreman@localhost";

const nobody = {
  GIT_AUTHOR_NAME: "Agent Foreman",
  GIT_AUTHOR_EMAIL: ourEmail,
  GIT_AUTHOR_DATE: "@86400 +0000",
  GIT_COMMITTER_NAME: "Agent Foreman",
  GIT_COMMITTER_EMAIL: ourEmail,
  GIT_COMMITTER_DATE: "@86400 +0000",
};

/** Writes a commit that no ref points to. The same tree, parents and message always give the same id. */
export async function commitTree(
  repo: Repo,
  tree: Oid,
  parents: readonly Oid[],
  message: string,
  signal?: AbortSignal,
): Promise<Oid> {
  const args = [
    "commit-tree",
    "--no-gpg-sign",
    "-m",
    message,
    ...parents.flatMap((oid) => ["-p", oid]),
    tree,
  ];
  return (await runOk(repo.commonDir, args, { env: nobody, ...(signal ? { signal } : {}) })).trim();
}
