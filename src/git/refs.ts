import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** The repo's branches, local and remote-tracking, by full name. */
export interface Refs {
  readonly oids: ReadonlyMap<string, Oid>;
  /** For example refs/remotes/origin/HEAD → refs/remotes/origin/main. */
  readonly symbolic: ReadonlyMap<string, string>;
  readonly remotes: readonly string[];
}

export async function readRefs(repo: Repo): Promise<Refs> {
  const format = "--format=%(refname)%00%(objectname)%00%(symref)";
  const [text, remotes] = await Promise.all([
    runOk(repo.dir, ["for-each-ref", format, "refs/heads", "refs/remotes"]),
    runOk(repo.dir, ["remote"]),
  ]);
  return { ...parseRefs(text), remotes: remotes.split("\n").filter((name) => name !== "") };
}

/** Parses lines of `refname NUL objectname NUL symref`; symref is empty for an ordinary ref. */
export function parseRefs(text: string): Pick<Refs, "oids" | "symbolic"> {
  const oids = new Map<string, Oid>();
  const symbolic = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [name, oid, symref] = line.split("\0");
    if (!name || !oid) continue;
    oids.set(name, oid);
    if (symref) symbolic.set(name, symref);
  }
  return { oids, symbolic };
}

/** `origin`, or the only remote; null where neither is there. */
export function mainRemote({ remotes }: Pick<Refs, "remotes">): string | null {
  if (remotes.includes("origin")) return "origin";
  return (remotes.length === 1 && remotes[0]) || null;
}

/** The ref that work will merge into. */
export interface TargetRef {
  /** Full name. */
  readonly ref: string;
  readonly oid: Oid;
  /** Null where the repo has no remote; `branch` is then a local one. */
  readonly remote: string | null;
  /** Short name on the remote, for example `main`. */
  readonly branch: string;
}

const usualNames = ["main", "master"];

/**
 * The target as far as the repo itself tells: the default branch of `origin` (or of the only remote), else `main` or
 * `master` where there is one of them, else the only local branch. Null when that is not decided by what is here: the caller asks the remote or the person.
 */
export function chooseTarget(refs: Refs): TargetRef | null {
  const remote = mainRemote(refs);
  if (remote === null && refs.remotes.length > 0) return null;
  const prefix = remote === null ? "refs/heads/" : `refs/remotes/${remote}/`;
  const named = (branch: string): TargetRef | null => {
    const oid = refs.oids.get(prefix + branch);
    return oid === undefined ? null : { ref: prefix + branch, oid, remote, branch };
  };
  const head = refs.symbolic.get(`${prefix}HEAD`);
  if (remote !== null && head?.startsWith(prefix)) return named(head.slice(prefix.length));
  const usual = usualNames.map(named).filter((target) => target !== null);
  if (usual.length === 1) return usual[0] ?? null;
  // What is checked out says nothing: a feature branch in the main worktree is not where work merges.
  const [only, ...others] = [...refs.oids.keys()].filter((ref) => ref.startsWith("refs/heads/"));
  return remote === null && only && others.length === 0 ? named(only.slice(prefix.length)) : null;
}
