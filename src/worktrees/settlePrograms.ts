import { rm } from "node:fs/promises";
import path from "node:path";
import type { Repo } from "../git/repo";
import { finish, type Pending } from "../store/pending";
import { endProcesses } from "../store/process";
import { isTemporaryFolder } from "../store/temporaryFolder";
import type { SettledNote } from "./settle";

/** Checks or a review whose process was killed: what they started ends, and the folder that was made for them goes. */
export async function settlePrograms(repo: Repo, pending: Pending): Promise<SettledNote> {
  await endProcesses(pending.id, null);
  const { folder } = pending;
  if (typeof folder === "string" && isTemporaryFolder(folder))
    await rm(path.resolve(folder), { recursive: true, force: true, maxRetries: 5 });
  await finish(repo.commonDir, pending.id);
  const what = pending.op === "review" ? "A review was" : "Checks were";
  const message = `${what} interrupted. Nothing of it runs any more, and it counts as not done.`;
  return { id: pending.id, op: pending.op, outcome: "taken-back", message };
}
