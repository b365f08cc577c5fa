import type { Repo } from "./repo";
import { run } from "./run";

/** Who commits here, as git writes it in a commit made now; null when git does not know the person's name. */
export async function committerNow(repo: Repo): Promise<string | null> {
  // Ann <ann@example.com> 1780000000 +0200
  const { exitCode, stdout } = await run(repo.top ?? repo.dir, ["var", "GIT_COMMITTER_IDENT"]);
  return exitCode === 0 ? Buffer.from(stdout.trimEnd()).toString("latin1") : null;
}
