import { access, constants } from "node:fs/promises";
import path from "node:path";
import { launcherFile } from "../hooks/home";
import { shellWord } from "../losses/remedy";

/** How a shell here calls us: by our name where that is on the path, else by what hooks call. */
export async function launcherWord(commonDir: string): Promise<string> {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const names = process.platform === "win32" ? ["agent-foreman.cmd"] : ["agent-foreman"];
  const files = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  const there = await Promise.all(files.map(isThere));
  const launcher = launcherFile(commonDir);
  return there.includes(true) || !(await isThere(launcher)) ? "agent-foreman" : `sh ${shellWord(launcher)}`;
}

async function isThere(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
