import { findProgram } from "../programs/find";
import { type KnownAgent, knownAgents } from "./known";

/** The known agents whose command is on PATH, in the order of the list; nothing is run to find out. */
export async function installedAgents(env: NodeJS.ProcessEnv = process.env): Promise<KnownAgent[]> {
  const found = await Promise.all(
    knownAgents.map(async ({ command }) => command !== null && (await findProgram(command, env)) !== null),
  );
  return knownAgents.filter((_, index) => found[index]);
}
