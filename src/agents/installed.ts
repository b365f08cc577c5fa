import { findProgram } from "../programs/find";
import { type KnownAgent, knownAgents } from "./known";

/** An agent that can be started here. */
export interface InstalledAgent extends KnownAgent {
  /** Absolute. */
  readonly file: string;
}

/** The known agents whose command is on PATH, in the order of the list; nothing is run to find out. */
export async function installedAgents(env: NodeJS.ProcessEnv = process.env): Promise<InstalledAgent[]> {
  const found = await Promise.all(
    knownAgents.map(async (agent) => {
      const file = agent.command === null ? null : await findProgram(agent.command, env);
      return file === null ? [] : [{ ...agent, file }];
    }),
  );
  return found.flat();
}
