import { userInfo } from "node:os";
import type { Repo } from "./repo";
import { run } from "./run";

/** Who decides here: git's `user.name`, else the name of the account. */
export async function personName(repo: Repo): Promise<string> {
  const { stdout } = await run(repo.top ?? repo.dir, ["config", "user.name"]);
  return stdout.trim() || accountName() || "unknown";
}

/** Empty where the account has no entry, as in some containers. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
