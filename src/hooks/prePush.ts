import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  utimes,
} from "node:fs/promises";
import path from "node:path";
import { readHooksPath } from "../git/hooksPath";
import type { Repo } from "../git/repo";
import { done, type Outcome, refused } from "../model/outcome";
import { writeAtomic } from "../store/atomic";
import { beforeSuffix, gitHookScript, hasLine, prePushLine, whoseHook } from "./scripts";

/** What stands at git's place for the hook. */
export interface PrePush {
  readonly file: string;
  /**
   * `ours`: installed. `elsewhere`: a setting (husky and the like) names a folder that we do not write to. `theirs`: somebody
   * else's hook alone. `changed`: ours, with somebody's changes.
   */
  readonly state: "none" | "ours" | "theirs" | "changed" | "elsewhere";
  /** Somebody put our line into a hook of their own, which is as good. */
  readonly line: boolean;
  /** A hook that was there before runs first. */
  readonly chained: boolean;
}

export async function readPrePush(repo: Repo): Promise<PrePush> {
  const { dir, setting } = await readHooksPath(repo);
  const file = path.join(dir, "pre-push");
  const text = await readHook(file);
  const chained = (await readHook(file + beforeSuffix)) !== null;
  if (setting !== null && path.resolve(dir) !== path.join(repo.commonDir, "hooks")) {
    const named = hookToEdit(file);
    return { file: named, state: "elsewhere", line: hasLine(await readHook(named)), chained: false };
  }
  const state = text === null ? "none" : whoseHook(text);
  return { file, state, line: state === "theirs" && hasLine(text), chained };
}

/** What husky keeps in `.husky/_` is written anew each time; its own files lie above. */
function hookToEdit(file: string): string {
  const folder = path.dirname(file);
  return path.basename(folder) === "_" ? path.join(path.dirname(folder), "pre-push") : file;
}

/**
 * Installs git's hook; one that is there stays and runs first. Refused, with nothing changed, as `hooks-elsewhere` where
 * hooks live in a folder of the project or of all repos: the hint has the line for it; as `hook-changed`, `hook-names-itself`
 * or `hook-in-the-way`. Each step can be the last one of a killed process. The caller holds the repo's lock.
 */
export async function installPrePush(repo: Repo): Promise<Outcome<PrePush>> {
  const found = await readPrePush(repo);
  const { file, state } = found;
  if (found.line) return done(found);
  if (state === "elsewhere") return elsewhere(file);
  if (state === "changed") return changed(file);
  const before = file + beforeSuffix;
  if (state === "theirs") {
    const text = (await readHook(file)) ?? "";
    if (/basename|\$PROGRAM_NAME|husky\.sh/.test(text)) {
      return refused(
        "hook-names-itself",
        `The hook ${file} goes by its own file name, so it would not work under another one.`,
        `Nothing was changed. Add this line to it yourself: ${prePushLine}`,
      );
    }
    if (found.chained && !(await isSame(file, before))) {
      return refused(
        "hook-in-the-way",
        `${before} is there already, and is another hook than ${file}.`,
        "Nothing was changed. Keep the one that you want as pre-push, remove the other, and try again.",
      );
    }
    if (!found.chained) await copyAsItIs(file, before);
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeAtomic(file, gitHookScript(), 0o755);
  return done(await readPrePush(repo));
}

/** Takes git's hook away; one that was there before is back as it was. Refused as `hook-changed` or `hooks-elsewhere`. */
export async function removePrePush(repo: Repo): Promise<Outcome<PrePush>> {
  const { file, state, line, chained } = await readPrePush(repo);
  if (state === "changed") return changed(file);
  if (line) {
    return refused(
      "hooks-elsewhere",
      `${file} is not ours to change.`,
      "Take the line with agent-foreman/hooks/pre-push out of it; until then it does nothing.",
    );
  }
  if (state === "ours") {
    if (chained) await rename(file + beforeSuffix, file);
    else await rm(file, { force: true });
  }
  return done(await readPrePush(repo));
}

function elsewhere(file: string): Outcome<never> {
  return refused(
    "hooks-elsewhere",
    `This repo's hooks are in ${path.dirname(file)}, where Agent Foreman does not write.`,
    `Add this line to ${file}, as its last one: ${prePushLine}`,
  );
}

function changed(file: string): Outcome<never> {
  return refused(
    "hook-changed",
    `${file} is Agent Foreman's with somebody's changes in it.`,
    "Nothing was changed. Take the changes out, or remove the file yourself.",
  );
}

/** Null where there is none. */
async function readHook(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A link to nothing is a hook all the same: git does not run it, and it is not ours.
    if (code === "ENOENT" && (await lstat(file).catch(() => null)) === null) return null;
    if (code === "ENOENT") return "";
    throw error;
  }
}

/** Byte for byte, with its mode and times; a link stays one. */
async function copyAsItIs(from: string, to: string): Promise<void> {
  const found = await lstat(from);
  if (found.isSymbolicLink()) return symlink(await readlink(from), to);
  const draft = `${to}.tmp`;
  await copyFile(from, draft);
  await chmod(draft, found.mode & 0o7777);
  await utimes(draft, found.atime, found.mtime);
  await rename(draft, to);
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((file) => readFile(file).catch(() => null)));
  return a !== null && b !== null && a !== undefined && b !== undefined && a.equals(b);
}
