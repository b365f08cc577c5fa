import { rm, stat } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { type SelfCheck, selfCheckSchema } from "../model/selfCheck";
import type { Oid } from "../model/worktree";
import { namesIn, readText, writeAtomic } from "./atomic";
import { notesDir } from "./home";
import { parseJson } from "./log";

// Of older files nobody asks any more.
const kept = 300;

/** A file for each tree. */
export function checksDir(commonDir: string): string {
  return path.join(notesDir(commonDir), "checks");
}

function fileOf(commonDir: string, tree: Oid): string {
  return path.join(checksDir(commonDir), `${tree}.json`);
}

/** How the repo's own checks went on the files of a tree, the last time; null: they never ran on it. */
export async function readSelfCheck(commonDir: string, tree: Oid): Promise<SelfCheck | null> {
  const parsed = v.safeParse(selfCheckSchema, parseJson((await readText(fileOf(commonDir, tree))) ?? ""));
  return parsed.success ? parsed.output : null;
}

/** Notes how they went; on disk before this returns. */
export async function noteSelfCheck(commonDir: string, tree: Oid, check: SelfCheck): Promise<void> {
  await writeAtomic(fileOf(commonDir, tree), JSON.stringify(check));
  const dir = checksDir(commonDir);
  const names = (await namesIn(dir)).filter((name) => /^[0-9a-f]+\.json$/.test(name));
  if (names.length <= kept) return;
  const ages = await Promise.all(
    names.map(async (name) => {
      const found = await stat(path.join(dir, name)).catch(() => null);
      return { name, at: found?.mtimeMs ?? 0 };
    }),
  );
  ages.sort((a, b) => b.at - a.at);
  for (const { name } of ages.slice(kept)) await rm(path.join(dir, name), { force: true });
}
