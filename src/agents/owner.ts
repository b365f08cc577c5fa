import type { Owner, WorktreeEntry } from "../model/worktree";
import { knownAgents } from "./known";

/**
 * Who a worktree belongs to. What we recorded ourselves counts most, then the place (an agent's own folder), the
 * lock's reason, and last the branch's name, which anybody may give. Null when nothing tells.
 */
export function ownerOf(
  entry: Pick<WorktreeEntry, "path" | "branch" | "lockedBecause" | "isMain">,
  recordedAgent: string | null,
): Owner | null {
  if (recordedAgent) return { agent: recordedAgent, how: "record" };
  if (entry.isMain) return null;
  const place = entry.path.replaceAll("\\", "/");
  const { branch, lockedBecause } = entry;
  const byPlace = knownAgents.find((agent) => agent.place?.test(place));
  if (byPlace) return { agent: byPlace.id, how: "place" };
  const byLock = lockedBecause ? knownAgents.find((agent) => agent.lock?.test(lockedBecause)) : undefined;
  if (byLock) return { agent: byLock.id, how: "lock" };
  const byBranch = branch ? knownAgents.find((agent) => agent.branch?.test(branch)) : undefined;
  return byBranch ? { agent: byBranch.id, how: "branch" } : null;
}
