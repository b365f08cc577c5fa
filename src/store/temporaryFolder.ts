import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isTemporary, sweepTemporaries, temporaryBeside } from "./atomic";

/** Makes a folder for this process and this user alone, and removes those of processes that are gone. */
export async function makeTemporaryFolder(): Promise<string> {
  await sweepTemporaries(tmpdir());
  const folder = temporaryBeside(path.join(tmpdir(), "agent-foreman"));
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** Whether a folder is one that `makeTemporaryFolder` made, by its place and name. */
export function isTemporaryFolder(folder: string): boolean {
  const { dir, base } = path.parse(folder);
  return (
    path.resolve(dir) === path.resolve(tmpdir()) && base.startsWith(".agent-foreman.") && isTemporary(base)
  );
}
