import { chmod, lstat, readdir, rm, unlink } from "node:fs/promises";
import path from "node:path";

/**
 * Deletes a folder without ever going through a link or junction: `links` (paths in it) are taken out first, and the
 * rest is deleted by node, which takes links for what they are. True when all of it is gone.
 */
export async function deleteFolder(folder: string, links: readonly string[]): Promise<boolean> {
  for (const link of links) {
    const found = await lstat(path.join(folder, link)).catch(() => null);
    if (found?.isSymbolicLink()) await unlink(path.join(folder, link)).catch(() => {});
  }
  if (await tryDelete(folder)) return true;
  // Caches of modules are often written as read-only folders.
  await makeWritable(folder);
  return tryDelete(folder);
}

async function tryDelete(folder: string): Promise<boolean> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    return true;
  } catch {
    return false;
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => {});
  const inside = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const item of inside) if (item.isDirectory()) await makeWritable(path.join(folder, item.name));
}
