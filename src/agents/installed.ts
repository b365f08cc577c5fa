import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { type KnownAgent, knownAgents } from "./known";

/** The known agents whose command is on PATH, in the order of the list; nothing is run to find out. */
export async function installedAgents(env: NodeJS.ProcessEnv = process.env): Promise<KnownAgent[]> {
  const found = await Promise.all(
    knownAgents.map(async (agent) => agent.command !== null && (await onPath(agent.command, env))),
  );
  return knownAgents.filter((_, index) => found[index]);
}

async function onPath(command: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const windows = process.platform === "win32";
  const endings = windows ? (env.PATHEXT ?? ".EXE;.CMD;.BAT").split(";") : [""];
  const folders = (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const places = folders.flatMap((folder) => endings.map((ending) => path.join(folder, command + ending)));
  const checks = await Promise.allSettled(
    places.map((file) => access(file, windows ? constants.F_OK : constants.X_OK)),
  );
  return checks.some((check) => check.status === "fulfilled");
}
