import { lstat } from "node:fs/promises";

/** Whether something is at that path, be it a link that leads nowhere. */
export async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}
