import type { Snapshot } from "../../fleet";
import { isMoving } from "../../fleet/isMoving";
import type { Circumstances } from "../../github/rhythm";
import type { PullRequest } from "../../model/pull";

export function openPulls({ worktrees, pulls }: Pick<Snapshot, "worktrees" | "pulls">): PullRequest[] {
  const known = [...worktrees.flatMap(({ pull }) => pull?.pull ?? []), ...pulls.map(({ pull }) => pull)];
  return known.filter(({ state }) => state === "open");
}

/** What the time of the next round depends on: who looks, and how the last one went. */
export function circumstances(
  snapshot: Pick<Snapshot, "worktrees" | "pulls" | "github">,
  looking: Pick<Circumstances, "visible" | "focused" | "awaited">,
): Circumstances {
  const { github } = snapshot;
  return {
    ...looking,
    moving: isMoving(openPulls(snapshot)),
    calls: github?.calls ?? 1,
    failures: github?.failures ?? 0,
    waitMs: github?.waitMs ?? null,
    quota: github?.quota ?? null,
  };
}
