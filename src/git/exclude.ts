import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { isIgnored } from "./ignored";
import type { Repo } from "./repo";

/**
 * Lets git pass over a path of a worktree that it does not ignore yet, so that no `git add -A` takes it in. It is said in
 * git's own exclude file, which all worktrees share and which is never committed. The caller holds the repo's lock.
 */
export async function hideFromGit(repo: Repo, top: string, relative: string): Promise<void> {
  if (await isIgnored(top, relative)) return;
  const file = path.join(repo.commonDir, "info", "exclude");
  const line = `/${relative.replace(/\/+$/, "").replace(/[\\*?[\]!# ]/g, "\\$&")}`;
  const text = await textOf(file);
  if (text.split("\n").includes(line)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await appendFile(file, `${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
