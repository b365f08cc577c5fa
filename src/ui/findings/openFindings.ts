import type { Services } from "../commands/services";
import { targetOf } from "../commands/target";
import type { WorktreeArgument } from "../manifest";

export async function openFindings(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (target) await services.findings.open(target.worktree.path);
}
