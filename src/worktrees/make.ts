import { mkdir } from "node:fs/promises";
import path from "node:path";
import { listRefs } from "../git/listRefs";
import type { Repo } from "../git/repo";
import type { GitOptions, GitResult } from "../git/run";
import { updateRefs } from "../git/updateRefs";
import { worktreeAdd } from "../git/worktreeAdd";
import { listWorktrees } from "../git/worktreeList";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { namesIn } from "../store/atomic";
import { noteFetched } from "../store/fetched";
import { advance, finish, type Pending } from "../store/pending";
import { endProcesses, thisSession } from "../store/process";
import type { CreateOptions, NewWorktree } from "./create";
import { cancelled, type DecidedBase } from "./fetchBase";
import { copyIncluded } from "./include";
import { hideLinks, linkDirectories } from "./links";
import { type Names, quoted } from "./name";
import { baseRef, type MakeStage, startOf } from "./newPending";
import { findObstacle, folded } from "./obstacle";
import { findPlace } from "./place";
import { markWorktree, noteEvent, type WorktreeRecord } from "./record";
import { initSubmodules, type SubmoduleState } from "./submodules";
import { takeBack } from "./takeBack";

/** A worktree that was just made, and what a person should know of it. */
export interface CreatedWorktree extends WorktreeRecord {
  readonly submodules: SubmoduleState;
  /** Ignored files copied by `.worktreeinclude`, and folders linked by Claude Code's settings; relative paths. */
  readonly copied: readonly string[];
  readonly linked: readonly string[];
  /** Sentences, for example what could not be copied; empty when all went as asked. */
  readonly notes: readonly string[];
}

export interface Making {
  readonly pending: Pending;
  readonly names: Names;
  readonly base: DecidedBase;
  /** The commit that the branch is made at, where that is not the base. */
  readonly start?: Oid | undefined;
  readonly request: NewWorktree;
  readonly env: Readonly<Record<string, string>>;
}

/** Makes what was planned and noted, or takes everything back; the caller holds the repo's lock. Ends the note. */
export async function makeWorktree(
  repo: Repo,
  making: Making,
  planned: MakeStage,
  options: CreateOptions,
): Promise<Outcome<CreatedWorktree>> {
  const { commonDir } = repo;
  const { path: folder } = planned.record;
  const madeFolder = await makeFolder(folder);
  const stage = { ...planned, madeFolder: madeFolder.ok };
  let { pending } = making;
  let made: Outcome<CreatedWorktree> | undefined;
  let left = false;
  try {
    if (madeFolder.ok) {
      pending = await advance<Pending>(commonDir, pending, { madeFolder: true });
      made = await build(repo, stage, making, options);
    } else made = madeFolder;
  } finally {
    if (!made?.ok) {
      await endProcesses(pending.id, thisSession);
      // A full disk does not take the note; it is only needed if we are killed right now.
      await advance(commonDir, pending, { back: true }).catch(() => {});
      const gone = await takeBack(repo, stage).catch(async (error) => {
        await advance(commonDir, pending, { givenUp: true });
        throw error;
      });
      left = madeFolder.ok && !gone;
    }
    await finish(commonDir, pending.id);
  }
  return left ? taken(folder) : made;
}

/**
 * Makes the worktree's own folder, which git accepts while it is empty, so that we know that it is ours: somebody
 * else may have made one of that name since we looked.
 */
async function makeFolder(folder: string): Promise<Outcome<null>> {
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    await mkdir(folder);
    return done(null);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return taken(folder);
    return refused(
      "add-failed",
      `Could not make the folder ${folder}: ${message}.`,
      "Choose another place or name. Nothing was made.",
    );
  }
}

function taken(folder: string): Outcome<never> {
  return refused(
    "path-exists",
    `Another program has just put something into ${folder}.`,
    "It was left alone, and no branch was made. Choose another name.",
  );
}

/** Looks once more, now that nobody else of us can change anything, and says what will be made. */
export async function planWorktree(
  repo: Repo,
  { pending, names, base, start, request }: Making,
): Promise<Outcome<MakeStage>> {
  const place = await findPlace(names.path);
  const at = place.ok ? place.value.path : names.path;
  const [refs, entries, siblings, adminsBefore] = await Promise.all([
    listRefs(repo, ["refs/heads", "refs/agent-foreman/base", base.ref]),
    listWorktrees(repo),
    namesIn(path.dirname(at)).catch(() => []),
    namesIn(path.join(repo.commonDir, "worktrees")),
  ]);
  const obstacle = findObstacle({ ...names, path: at }, { refs, entries, siblings });
  if (obstacle) return { ok: false, refusal: obstacle };
  if (!place.ok) return place;
  const oid = base.oid ?? refs.get(base.ref);
  if (oid === undefined) throw new Error(`${base.ref} is gone, although it was just fetched.`);
  await dropStaleBases(repo, names.branch, refs);
  const record: WorktreeRecord = {
    id: pending.id,
    path: at,
    branch: names.branch,
    base: { ref: base.ref, oid, fetchedAt: base.fetchedAt },
    agent: request.agent ?? null,
    task: request.task ?? null,
    createdAt: new Date().toISOString(),
    setup: null,
  };
  return done({ stage: "make", record, start, made: place.value.made, adminsBefore });
}

/** Bases of branches that are no more and would be in the way. */
async function dropStaleBases(repo: Repo, branch: string, refs: ReadonlyMap<string, Oid>): Promise<void> {
  const own = folded(baseRef(branch));
  const stale = [...refs].filter(([ref]) => {
    const other = folded(ref);
    if (!other.startsWith(folded(baseRef("")))) return false;
    return other === own || other.startsWith(`${own}/`) || own.startsWith(`${other}/`);
  });
  if (stale.length === 0) return;
  const changes = stale.map(([ref, oid]) => ({ verb: "delete" as const, ref, oid }));
  await updateRefs(repo, "agent-foreman: base of a branch that is no more", changes);
}

async function build(
  repo: Repo,
  stage: MakeStage,
  { base, env }: Making,
  options: CreateOptions,
): Promise<Outcome<CreatedWorktree>> {
  const { record } = stage;
  const { branch, path: folder } = record;
  const { oid, ref, fetchedAt } = record.base;
  const git = { env, ...(options.signal ? { signal: options.signal } : {}) };
  options.onProgress?.(`Making branch ${branch}`);
  // The base first: whoever finds the branch alone knows that it is not ours.
  const refs = await updateRefs(
    repo,
    `agent-foreman: worktree off ${ref}`,
    [
      { verb: "create", ref: baseRef(branch), oid },
      { verb: "create", ref: `refs/heads/${branch}`, oid: startOf(stage) },
    ],
    git,
  );
  if (refs.exitCode !== 0) return gitFailed(`make the branch ${branch}`, refs, options);
  options.onProgress?.(`Checking out into ${folder}`);
  const added = await worktreeAdd(repo, folder, branch, git);
  if (added.exitCode !== 0) return gitFailed(`check out into ${folder}`, added, options);
  if (fetchedAt !== null && base.oid === null) await noteFetched(repo.commonDir, { ref, oid, at: fetchedAt });
  const furnished = await furnish(repo, folder, git, options);
  if (options.signal?.aborted) return cancelled();
  await markWorktree(repo, record);
  await noteEvent(repo.commonDir, { event: "created", at: record.createdAt, record });
  await hideLinks(repo, folder, furnished.linked);
  return done({ ...record, ...furnished, notes: [...base.notes, ...furnished.notes] });
}

/** What a checkout does not bring along: links, ignored files, submodules. */
async function furnish(
  repo: Repo,
  folder: string,
  git: GitOptions,
  { signal, onProgress }: CreateOptions,
): Promise<Pick<CreatedWorktree, "submodules" | "copied" | "linked" | "notes">> {
  const modules = path.join(repo.commonDir, "modules");
  const submodules = await initSubmodules(folder, modules, git);
  // Links first: what is linked need not be copied.
  const { linked, skipped: notLinked } = await linkDirectories(repo, folder);
  onProgress?.("Copying what .worktreeinclude names");
  const { copied, skipped: notCopied } = await copyIncluded(repo.dir, folder, signal);
  const notes = [
    ...notLinked.map((item) => `${quoted(item.path)} was not linked: ${item.why}.`),
    ...notCopied.map((item) => `${quoted(item.path)} was not copied: ${item.why}.`),
    ...(submodules === "not-initialised"
      ? [
          "Its submodules are empty, because this machine lacks their commits. In it: git submodule update --init --recursive",
        ]
      : []),
  ];
  return { submodules, copied, linked, notes };
}

function gitFailed(what: string, result: GitResult, { signal }: CreateOptions): Outcome<never> {
  if (signal?.aborted) return cancelled();
  const lines = result.stderr
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== "" && !/^Preparing /.test(line));
  const words = lines.slice(-4).join(" · ").slice(0, 600);
  const end = result.exitCode === null ? "git was stopped" : `git ended with ${result.exitCode}`;
  return refused(
    "add-failed",
    `Could not ${what}: ${words || end}`,
    "Everything was put back as it was. Solve what git (or the repo's hook) complains about, and try again.",
  );
}
