import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";

/** Where the program of this name is: an absolute path as it is, else the first on PATH; null: nowhere. Nothing is run. */
export async function findProgram(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const windows = process.platform === "win32";
  const known = windows ? (env.PATHEXT ?? ".EXE;.CMD;.BAT").split(";") : [];
  const endings = windows && !known.includes(path.extname(name).toUpperCase()) ? known : [""];
  for (const folder of foldersOf(name, env))
    for (const ending of endings) {
      const file = path.join(folder, path.basename(name) + ending);
      if (await isProgram(file, windows)) return file;
    }
  return null;
}

function foldersOf(name: string, env: NodeJS.ProcessEnv): string[] {
  if (path.isAbsolute(name)) return [path.dirname(name)];
  if (path.basename(name) !== name) return [];
  return (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

async function isProgram(file: string, windows: boolean): Promise<boolean> {
  try {
    await access(file, windows ? constants.F_OK : constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
