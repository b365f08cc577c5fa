import { ownerOf } from "../agents/owner";
import type { AheadBehind } from "../git/aheadBehind";
import type { Refs, TargetRef } from "../git/refs";
import type { Repo } from "../git/repo";
import type { Status } from "../git/status";
import type { Refusal } from "../model/outcome";
import type { Base, Landed, Oid, Worktree, WorktreeEntry } from "../model/worktree";
import type { WorktreeRecord } from "../worktrees/record";

/** All that is known of a repo's worktrees at one moment; never changed, only replaced. */
export interface Snapshot {
  readonly repo: Repo;
  /** Where work will merge; null when the repo does not tell. */
  readonly target: Base | null;
  readonly worktrees: readonly Worktree[];
  /** False while facts of the running refresh are still to come. */
  readonly complete: boolean;
  /** Why the last refresh failed; what is shown is then the last known state. */
  readonly problem: Refusal | null;
}

/** What the questions asked so far have answered, each under the ids that it depends on. */
export interface Facts {
  readonly entries: readonly WorktreeEntry[];
  readonly refs: Refs | null;
  readonly target: TargetRef | null;
  readonly targetFetchedAt: string | null;
  /** By branch. */
  readonly noted: ReadonlyMap<string, WorktreeRecord>;
  /** By path; null: git could not read it. */
  readonly statuses: ReadonlyMap<string, Status | null>;
  /** By `pairKey`. */
  readonly counts: ReadonlyMap<string, AheadBehind>;
  readonly landed: ReadonlyMap<string, Landed>;
}

/** The name under which an answer about two commits is kept. */
export function pairKey(tip: Oid, target: Oid): string {
  return `${tip} ${target}`;
}

/** The commit that the branch of the same name on the target's remote is at, as far as was fetched. */
export function remoteTip(facts: Pick<Facts, "refs" | "target">, branch: string | null): Oid | null {
  const remote = facts.target?.remote;
  if (!remote || branch === null) return null;
  return facts.refs?.oids.get(`refs/remotes/${remote}/${branch}`) ?? null;
}

/** Puts the answers together, a worktree after the other, in git's own order. */
export function assemble(facts: Facts): Worktree[] {
  return facts.entries.map((listed) => {
    const status = facts.statuses.get(listed.path) ?? null;
    // Status is the younger answer: an agent may have committed or switched since the list was read.
    const entry = status ? { ...listed, head: status.head, branch: status.branch } : listed;
    const { head, branch } = entry;
    const noted = branch === null ? undefined : facts.noted.get(branch);
    // A record of another folder is about an earlier branch of the same name.
    const record = noted?.path === entry.path ? noted : undefined;
    const target = facts.target;
    const isTarget = target !== null && target.remote === null && branch === target.branch;
    const key = head && target ? pairKey(head, target.oid) : null;
    const counts = key ? facts.counts.get(key) : undefined;
    const remote = remoteTip(facts, branch);
    return {
      ...entry,
      name: nameOf(entry.path),
      owner: ownerOf(entry, record?.agent ?? null),
      task: record?.task ?? null,
      base: record?.base ?? null,
      setup: record?.setup ?? null,
      ahead: counts?.ahead ?? null,
      behind: counts?.behind ?? null,
      dirt: status?.dirt ?? null,
      landed: (key && !entry.isMain && !isTarget && facts.landed.get(key)) || null,
      remoteAhead: head && remote ? (facts.counts.get(pairKey(head, remote))?.behind ?? null) : null,
    };
  });
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
