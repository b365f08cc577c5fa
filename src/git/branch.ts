import type { Repo } from "./repo";
import { run } from "./run";

/** The local branch that a name stands for (`HEAD`: the one that is checked out); null for anything else. */
export async function branchOf(repo: Repo, name: string): Promise<string | null> {
  const dir = repo.top ?? repo.commonDir;
  const found =
    name === "HEAD"
      ? await run(dir, ["symbolic-ref", "--quiet", "HEAD"])
      : await run(dir, [
          "rev-parse",
          "--symbolic-full-name",
          "--verify",
          "--quiet",
          "--end-of-options",
          name,
        ]);
  const ref = found.stdout.trimEnd();
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null;
}
