import type { Repo } from "./repo";
import { run } from "./run";

/** Whether git takes the text as the name of a branch, as it stands (`@{-1}` is short for another name). */
export async function isBranchName(repo: Repo, name: string): Promise<boolean> {
  const { exitCode, stdout } = await run(repo.dir, ["check-ref-format", "--branch", name]);
  return exitCode === 0 && stdout === `${name}\n`;
}
