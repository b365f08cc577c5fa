import { readdir } from "node:fs/promises";
import { readFilesAt } from "../../git/filesAt";
import type { Repo } from "../../git/repo";
import { findTree } from "../../git/treeOf";
import { done, type Outcome } from "../../model/outcome";
import type { SelfCheck } from "../../model/selfCheck";
import type { Oid } from "../../model/worktree";
import { readSelfCheck } from "../../store/selfChecks";
import { configuredChecks } from "./configured";
import { type Check, detectChecks, readFirst } from "./detect";

/** A repo's own checks: those that its target's config names, else those that its tools are known by at that head. */
export async function findChecks(
  repo: Repo,
  worktree: string,
  head: Oid,
  target: Oid | null,
): Promise<Outcome<readonly Check[]>> {
  const configured = target === null ? done(null) : await configuredChecks(repo, target);
  if (!configured.ok) return configured;
  if (configured.value !== null) return done(configured.value);
  const names = new Set(await readdir(worktree).catch(() => []));
  const texts = new Map<string, string>();
  for (const [name, text] of await readFilesAt(repo, head, readFirst))
    if (text !== null) texts.set(name, text);
  return done(detectChecks({ names, texts }));
}

/** How the repo's own checks went on a commit's files, the last time; null: they never ran on them. */
export async function recordedSelfCheck(repo: Repo, commit: Oid): Promise<SelfCheck | null> {
  return readSelfCheck(repo.commonDir, await findTree(repo, commit));
}
