import path from "node:path";
import * as v from "valibot";
import type { Repo } from "../git/repo";
import { notesDir } from "../store/home";
import { appendLine, readLines } from "../store/log";
import { recordSchema } from "./record";

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
const id = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/));

const linkSchema = v.object({
  /** Inside the worktree. */
  path: v.string(),
  target: v.string(),
  directory: v.boolean(),
});
/** A symbolic link or junction that git ignores. */
export type Link = v.InferOutput<typeof linkSchema>;

export const removalSchema = v.object({
  id,
  at: v.string(),
  /** The worktree's folder; what it was renamed to before it was deleted; null when it was missing already. */
  path: v.string(),
  parked: v.nullable(v.string()),
  /** Git's administrative folder of the worktree. */
  adminDir: v.string(),
  /** Tells that folder from one that git makes later under the same name; null where nobody looked. */
  adminIdentity: v.optional(v.nullable(v.string()), null),
  branch: v.nullable(v.string()),
  head: oid,
  /** Whether the branch goes too, and what goes with it. */
  deletesBranch: v.boolean(),
  branchConfig: v.array(v.tuple([v.string(), v.string()])),
  base: v.nullable(oid),
  rescueRef: v.string(),
  /** What the rescue ref is at: the head, or a snapshot or other commits on top of it; null while it was not made. */
  rescued: v.nullable(oid),
  /** How many commits the rescue keeps that only a reflog had. */
  reflogCommits: v.optional(v.number(), 0),
  /** What the worktree held when that was made, to see whether something was changed since. */
  held: v.nullable(v.string()),
  links: v.array(linkSchema),
  /** Ignored files that are kept beside git, and ignored folders, with a trailing slash. */
  files: v.array(v.string()),
  /** Folders that were ignored as a whole and are not kept. */
  gone: v.array(v.string()),
  /** What was noted when we made the worktree; null where others made it. */
  record: v.nullable(recordSchema),
});
/** A removal: all that finishing it, taking it back and undoing it need. */
export type Removal = v.InferOutput<typeof removalSchema>;

const eventSchema = v.variant("event", [
  v.object({ event: v.literal("removed"), removal: removalSchema }),
  v.object({ event: v.literal("restored"), id }),
]);

function logFile(repo: Repo): string {
  return path.join(notesDir(repo.commonDir), "removals.jsonl");
}

/** Notes a removal as done; a second time for the same one changes nothing. */
export async function noteRemoved(repo: Repo, removal: Removal): Promise<void> {
  if (await wasRemoved(repo, removal.id)) return;
  await appendLine(logFile(repo), { event: "removed", removal });
}

export async function noteRestored(repo: Repo, removalId: string): Promise<void> {
  await appendLine(logFile(repo), { event: "restored", id: removalId });
}

/** Whether that removal was ever noted as done, also when it was undone since. */
export async function wasRemoved(repo: Repo, removalId: string): Promise<boolean> {
  const known = await readLines(logFile(repo), eventSchema);
  return known.some((line) => line.event === "removed" && line.removal.id === removalId);
}

/** Removals that were not undone, oldest first. */
export async function readRemovals(repo: Repo): Promise<Removal[]> {
  const removals = new Map<string, Removal>();
  for (const line of await readLines(logFile(repo), eventSchema)) {
    if (line.event === "removed") removals.set(line.removal.id, line.removal);
    else removals.delete(line.id);
  }
  return [...removals.values()];
}

/** Where what git cannot keep of a removed worktree lies. Only its owner may read it: ignored files may be secrets. */
export function rescueDir(repo: Repo, removalId: string): string {
  return path.join(notesDir(repo.commonDir), "rescue", removalId);
}
