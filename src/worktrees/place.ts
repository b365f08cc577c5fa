import { constants } from "node:fs";
import { access, lstat, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";

/** Where a new folder goes. */
export interface Place {
  /** Without links in its parents. */
  readonly path: string;
  /** The topmost folder that does not exist yet: `path` itself or a parent of it. */
  readonly made: string;
}

/** Refused as `path-exists`, `not-a-folder` or `not-writable`. */
export async function findPlace(wanted: string): Promise<Outcome<Place>> {
  if (await exists(wanted)) {
    return refused("path-exists", `${wanted} already exists.`, "Choose another name. Nothing was made.");
  }
  let made = wanted;
  while (!(await exists(path.dirname(made)))) made = path.dirname(made);
  const ground = path.dirname(made);
  if (!(await stat(ground).catch(() => null))?.isDirectory()) {
    return refused(
      "not-a-folder",
      `${ground} is not a folder, so nothing can be put into it.`,
      "Choose another place. Nothing was made.",
    );
  }
  try {
    await access(ground, constants.W_OK | constants.X_OK);
  } catch {
    return refused(
      "not-writable",
      `You may not write into ${ground}.`,
      "Choose another place, or change its permissions. Nothing was made.",
    );
  }
  const real = await realpath(ground);
  const at = (below: string) => path.join(real, path.relative(ground, below));
  return done({ path: at(wanted), made: at(made) });
}

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}
