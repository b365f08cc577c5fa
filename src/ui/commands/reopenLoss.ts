import { decide } from "../../losses/decide";
import { meantOf } from "../editor/lossOf";
import type { LossArgument } from "../manifest";
import { tellRefusal } from "../tell";
import type { Services } from "./services";

/** Takes back that something is meant; it is shown as before. */
export async function reopenLoss(services: Services, argument?: LossArgument): Promise<void> {
  const found = await meantOf(services, argument);
  if (!found) return;
  const { fleet, worktree, check, deletion } = found;
  const noted = await decide(fleet.repo, {
    deletionId: deletion.id,
    branch: worktree.branch,
    headOid: check.head.oid,
    decision: "reopen",
    reason: null,
  });
  if (!noted.ok) return tellRefusal(noted.refusal);
  await fleet.refresh({ refs: true });
}
