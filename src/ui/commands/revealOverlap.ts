import type { OverlapArgument } from "../manifest";
import { openPull } from "./openPull";
import { bothSides } from "./overlapTarget";
import type { Services } from "./services";

/** Selects the other worktree's row; a pull request without a worktree is shown where it is. */
export async function revealOverlap(services: Services, argument?: OverlapArgument): Promise<void> {
  const sides = await bothSides(services, argument);
  if (!sides) return;
  const { fleet, other } = sides;
  if (other.worktree) await services.view.reveal(fleet, other.worktree.path);
  else if (other.pull) await openPull(services, { repo: fleet.repo.commonDir, number: other.pull.number });
}
