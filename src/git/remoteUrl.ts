import type { Repo } from "./repo";
import { run } from "./run";

/** Where the remote is fetched from, with `insteadOf` applied; null when there is no such remote. */
export async function remoteUrl(repo: Repo, remote: string): Promise<string | null> {
  const result = await run(repo.dir, ["remote", "get-url", "--", remote]);
  return result.exitCode === 0 ? result.stdout.trimEnd() : null;
}
