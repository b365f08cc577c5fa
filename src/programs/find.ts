import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";

/** Where PATH has a program; null: nowhere. Nothing is run to find out. */
export async function findProgram(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const windows = process.platform === "win32";
  const endings = windows ? (env.PATHEXT ?? ".EXE;.CMD;.BAT").split(";") : [""];
  const folders = (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of folders)
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      const found = access(file, windows ? constants.F_OK : constants.X_OK);
      if (await found.then(() => true).catch(() => false)) return file;
    }
  return null;
}
