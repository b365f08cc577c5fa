import type { Aside } from "../git/aside";
import type { Repo } from "../git/repo";
import type { Status } from "../git/status";
import { type FilesOnDisk, readWorktreeTree } from "../git/worktreeTree";
import type { Overlap } from "../model/overlap";
import type { Oid, WorktreeEntry } from "../model/worktree";
import { findOverlaps, type Tip } from "../overlap";
import { landedKey } from "./askLanded";
import { withoutWorktree } from "./pullState";
import { current, type Facts, isClean, landedQuery } from "./snapshot";
import { pullId, pullQuery } from "./supervised";

/** A branch that may meet others. */
export interface Participant {
  /** A worktree's path, or a pull request's `pullId`. */
  readonly id: string;
  readonly head: Oid;
  /** All its commits are in the target. */
  readonly landed: boolean;
  /** What git said of the worktree where some of its files are not committed. */
  readonly changes: Status | null;
}

// Every pair of them may have to be merged once.
const mostPulls = 50;

/** All worktrees, the person's own main one among them, and the pull requests without one. */
export function participants(facts: Facts): Participant[] {
  if (!facts.target) return [];
  const worktrees = facts.entries.flatMap((listed) => worktreeOf(facts, listed) ?? []);
  const pulls = withoutWorktree(facts.pulls).flatMap(({ pull }) =>
    pullQuery(facts, pull) ? [{ id: pullId(pull), head: pull.head, landed: false, changes: null }] : [],
  );
  return [...worktrees, ...pulls.slice(0, mostPulls)];
}

function worktreeOf(facts: Facts, listed: WorktreeEntry): Participant | null {
  const entry = current(facts, listed);
  const { path, head, bare, missing } = entry;
  if (bare || !head) return null;
  const query = landedQuery(facts, entry);
  const key = query && facts.target && landedKey(query, facts.target.oid);
  const landed = key !== null && facts.landed.get(key)?.state === "landed";
  const status = missing ? null : facts.statuses.get(path);
  // While a merge has conflicts, its files are no state that anybody wants.
  const changes = status && !isClean(status) && status.dirt.conflicted === 0 ? status : null;
  return { id: path, head, landed, changes };
}

export function isSameField(one: readonly Participant[], other: readonly Participant[]): boolean {
  const keys = ["id", "head", "landed", "changes"] as const;
  return (
    one.length === other.length && one.every((each, i) => keys.every((key) => each[key] === other[i]?.[key]))
  );
}

/** Reads files that are not committed, each worktree's only after they were touched. */
export class FilesRead {
  private readonly known = new Map<string, { status: Status; turn: number; files: FilesOnDisk | null }>();

  constructor(private readonly aside: Aside) {}

  /** Inside `aside.use`. Null: they could not be read. */
  async of(path: string, status: Status, signal: AbortSignal): Promise<FilesOnDisk | null> {
    const { turn } = this.aside;
    const known = this.known.get(path);
    if (known?.status === status && known.turn === turn) return known.files;
    const files = await readWorktreeTree(this.aside, path, signal).catch(() => null);
    this.known.set(path, { status, turn, files });
    return files;
  }

  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.known.keys()) if (!paths.has(path)) this.known.delete(path);
  }
}

/** How they stand to each other, by id; null where that cannot be told. Throws when git fails. */
export async function askOverlaps(
  repo: Repo,
  aside: Aside,
  read: FilesRead,
  target: Oid,
  field: readonly Participant[],
  signal: AbortSignal,
): Promise<Map<string, readonly Overlap[] | null>> {
  read.keepOnly(new Set(field.flatMap(({ id, changes }) => (changes ? [id] : []))));
  if (field.every(({ changes }) => !changes)) return findOverlaps(repo, target, field.map(tipOf), signal);
  return aside.use(async () => {
    const unread: string[] = [];
    const tips = await Promise.all(
      field.map(async (each): Promise<Tip> => {
        if (!each.changes) return tipOf(each);
        const files = await read.of(each.id, each.changes, signal);
        if (!files) unread.push(each.id);
        return files ? { ...tipOf(each), tree: files.tree, merging: files.merging } : tipOf(each);
      }),
    );
    const found = await findOverlaps(repo, target, tips, signal);
    for (const id of unread) found.set(id, null);
    return found;
  });
}

function tipOf({ id, head, landed }: Participant): Tip {
  return { id, head, landed };
}

/** The answers, each the same object as before where it says the same, so that nobody is told of a change that is none. */
export function keepOverlaps(
  before: Facts["overlaps"],
  after: ReadonlyMap<string, readonly Overlap[] | null>,
): Facts["overlaps"] {
  return new Map(
    [...after].map(([id, found]) => {
      const known = before.get(id) ?? null;
      return [id, JSON.stringify(known) === JSON.stringify(found) ? known : found];
    }),
  );
}
