import { lstat, realpath } from "node:fs/promises";
import path from "node:path";

/**
 * The absolute place of a repo-relative path below `top`, or null when it would leave `top`: by `..`, by being
 * absolute, or through a link or a file that stands where a folder is needed; or when it has control characters.
 * Nothing has to exist yet.
 */
export async function placeInside(top: string, relative: string): Promise<string | null> {
  const parts = relative.split("/").filter((part) => part !== "" && part !== ".");
  const bad = (part: string): boolean =>
    part === ".." || part.toLowerCase() === ".git" || /[\\\p{Cc}]/u.test(part);
  if (parts.length === 0 || relative.startsWith("/") || /^[A-Za-z]:/.test(relative) || parts.some(bad))
    return null;
  let folder = top;
  for (const part of parts.slice(0, -1)) {
    folder = path.join(folder, part);
    const stat = await lstat(folder).catch(() => null);
    if (stat && !stat.isDirectory()) return null;
    if (!stat) break;
  }
  return path.join(top, ...parts);
}

/** Whether `file`, with every link followed, lies below `top`. False when it does not exist. */
export async function liesInside(top: string, file: string): Promise<boolean> {
  try {
    const relative = path.relative(await realpath(top), await realpath(file));
    return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
  } catch {
    return false;
  }
}

/** What stands at a place itself, no link followed: writing through one would change a file elsewhere. */
export async function standsAt(file: string): Promise<"nothing" | "file" | "other"> {
  const stat = await lstat(file).catch(() => null);
  return stat === null ? "nothing" : stat.isFile() ? "file" : "other";
}

export async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}
