import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/** All that a folder holds, `.git` excepted: path → mode and a hash of the bytes, or a link's target. */
export function readFolder(dir: string, below = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(path.join(dir, below)).sort()) {
    const inside = path.posix.join(below, name);
    if (inside === ".git") continue;
    const file = path.join(dir, inside);
    const info = lstatSync(file);
    if (info.isSymbolicLink()) found[inside] = `-> ${readlinkSync(file)}`;
    else if (info.isDirectory()) Object.assign(found, readFolder(dir, inside));
    else {
      const hash = createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
      found[inside] = `${(info.mode & 0o777).toString(8)} ${hash}`;
    }
  }
  return found;
}
