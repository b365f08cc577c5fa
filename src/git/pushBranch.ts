import type { Repo } from "./repo";
import { type GitOptions, type GitResult, run } from "./run";

/** Pushes one branch as it is, and never by force: what the remote has and this repo has not makes it fail. */
export async function pushBranch(
  repo: Repo,
  place: { readonly remote: string; readonly branch: string; readonly name: string },
  options: GitOptions,
): Promise<GitResult> {
  const { remote, branch, name } = place;
  const refspec = `refs/heads/${branch}:refs/heads/${name}`;
  return run(repo.dir, ["push", "--no-force", "--porcelain", "--", remote, refspec], options);
}
