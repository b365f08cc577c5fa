import { noteWord } from "../../agents/runs";
import type { WorktreeArgument } from "../manifest";
import type { Services } from "./services";
import { targetOf } from "./target";

/** What is shown of an agent is not so: nothing is shown until it says something. */
export async function clearAgentState(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  const run = target?.worktree.run;
  if (!run) return;
  await noteWord(target.fleet.repo.commonDir, run.id, "cleared");
  await target.fleet.refresh({ agents: true });
}
