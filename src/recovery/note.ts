import { rm } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import type { Repo } from "../git/repo";
import { namesIn, readText, writeAtomic } from "../store/atomic";
import { recoveriesDir } from "../store/home";
import { parseJson } from "../store/log";

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
const list = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.readonly());

const commit = v.object({
  oid,
  subject: v.string(),
  author: v.string(),
  fate: v.picklist(["pick", "drop", "ask", "conflict"]),
  reason: v.string(),
  landedAs: v.nullable(oid),
});

/** What became of one commit. */
const settled = v.pick(commit, ["oid", "fate", "reason"]);
export type Settled = v.InferOutput<typeof settled>;

/** What is being done, noted before it is begun. */
const step = v.variant("do", [
  /** Planning, and making the worktree. */
  v.object({ do: v.literal("make") }),
  /** Nothing at this moment; the commits to do come next. */
  v.object({ do: v.literal("pick") }),
  /** Taking the new branch on to commits that are written already. */
  v.object({ do: v.literal("move"), to: oid, settled: list(settled) }),
  /** Picking a commit that will probably conflict. */
  v.object({ do: v.literal("try"), oid }),
  /** It conflicts, and waits for a person. `files`: a tree of the worktree's files as git left them. */
  v.object({ do: v.literal("wait"), oid, paths: list(v.string()), files: v.nullable(oid) }),
  /** Putting uncommitted files there. */
  v.object({ do: v.literal("carry") }),
  /** Checking and pushing. */
  v.object({ do: v.literal("end") }),
  /** Taking all of it back. `untouched`: nobody has worked in the worktree, so nothing of it has to be kept. */
  v.object({ do: v.literal("abort"), untouched: v.boolean() }),
]);

/** What a person asked for, to ask the same again. */
const request = v.object({
  branch: v.string(),
  onto: v.exactOptional(v.string()),
  newBranch: v.string(),
  take: v.exactOptional(list(v.string())),
  leave: v.exactOptional(list(v.string())),
  uncommitted: v.exactOptional(v.boolean()),
  pulls: v.exactOptional(list(v.object({ number: v.number(), head: oid, mergeCommit: oid }))),
  push: v.exactOptional(v.boolean()),
  offline: v.exactOptional(v.boolean()),
  path: v.exactOptional(v.string()),
  container: v.exactOptional(v.string()),
});

const noteSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/)),
  at: v.string(),
  request,
  /** The branch's name, or a commit where no local branch was named: nobody recovers that twice at a time. */
  source: v.string(),
  head: oid,
  onto: v.object({ ref: v.string(), oid }),
  rescueRef: v.string(),
  worktree: v.nullable(v.string()),
  commits: list(commit),
  /** What is still to be picked, in order. */
  todo: list(oid),
  /** How many there were when the worktree was made, those that it was made with included. */
  total: v.number(),
  /** Where the new branch is, as far as it was moved here. */
  tip: oid,
  step,
  /** Uncommitted files of the branch's worktree, as a commit on its head. */
  uncommitted: v.nullable(
    v.object({ commit: oid, files: v.number(), fate: v.picklist(["carry", "conflict", "drop"]) }),
  ),
  push: v.nullable(v.string()),
  verified: v.boolean(),
  notes: list(v.string()),
});

/** A recovery that is under way, or waits for a person: for as long as it takes, whatever is restarted meanwhile. */
export type RecoveryNote = v.InferOutput<typeof noteSchema>;
export type RecoveryStep = RecoveryNote["step"];

function fileOf(repo: Repo, id: string): string {
  return path.join(recoveriesDir(repo.commonDir), `${id}.json`);
}

/** It is on disk before this returns. */
export async function saveNote<N extends RecoveryNote>(repo: Repo, note: N): Promise<N> {
  await writeAtomic(fileOf(repo, note.id), JSON.stringify(note));
  return note;
}

export async function dropNote(repo: Repo, id: string): Promise<void> {
  await rm(fileOf(repo, id), { force: true });
}

/** The recoveries that are not done, oldest first. What is not in our form is passed over. */
export async function readNotes(repo: Pick<Repo, "commonDir">): Promise<RecoveryNote[]> {
  const dir = recoveriesDir(repo.commonDir);
  const notes: RecoveryNote[] = [];
  for (const name of (await namesIn(dir)).sort()) {
    const parsed = v.safeParse(noteSchema, parseJson((await readText(path.join(dir, name))) ?? ""));
    if (parsed.success && name === `${parsed.output.id}.json`) notes.push(parsed.output);
  }
  return notes;
}
