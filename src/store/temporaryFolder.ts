import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sweepTemporaries, temporaryBeside } from "./atomic";

/** Makes a folder for this process and this user alone, and removes those of processes that are gone. */
export async function makeTemporaryFolder(): Promise<string> {
  await sweepTemporaries(tmpdir());
  const folder = temporaryBeside(path.join(tmpdir(), "agent-foreman"));
  await mkdir(folder, { mode: 0o700 });
  return folder;
}
