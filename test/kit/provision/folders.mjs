import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/[\\/]$/, "");

/** What is installed for tests and the demo and kept between runs. Ignored by git. */
export const cache = path.join(root, ".vscode-test");

/**
 * Makes `<cache>/<name>` by `fill`, or leaves it alone when it is there. It gets its name only when it is whole, so an
 * interrupted install is never taken for a good one.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>}
 */
export async function cached(name, fill) {
  const folder = path.join(cache, name);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(path.join(cache, `${name}.partial-`));
  try {
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true, maxRetries: 3 });
    // Another process may have been quicker; its folder is as good as ours.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
