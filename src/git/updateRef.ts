import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { GitError, run, runOk } from "./run";

// Git's own commands hold these locks for milliseconds; its default is to give up after 100 of them.
const patient = ["-c", "core.filesRefLockTimeout=5000", "-c", "core.packedRefsTimeout=5000"];

/** The commit a ref (full name) is at; null when there is no such ref. */
export async function readRef(repo: Repo, ref: string): Promise<Oid | null> {
  const result = await run(repo.dir, ["show-ref", "--verify", "--hash", "--", ref]);
  return result.exitCode === 0 ? result.stdout.trim() : null;
}

/** Makes a ref that must not exist yet; false when it does, or when its name is taken in another way. */
export async function createRef(repo: Repo, ref: string, oid: Oid): Promise<boolean> {
  const result = await run(repo.dir, [...patient, "update-ref", "--", ref, oid, "0".repeat(oid.length)]);
  return result.exitCode === 0;
}

/** Moves a ref only if it is still at `from`. True when it is at `to` afterwards. */
export async function moveRef(repo: Repo, ref: string, to: Oid, from: Oid): Promise<boolean> {
  return (await run(repo.dir, [...patient, "update-ref", "--", ref, to, from])).exitCode === 0;
}

/** Deletes a ref only if it is still at that commit. True when it is gone afterwards. */
export async function deleteRef(repo: Repo, ref: string, oid: Oid): Promise<boolean> {
  const result = await run(repo.dir, [...patient, "update-ref", "-d", "--", ref, oid]);
  if (result.exitCode === 0) return true;
  const now = await readRef(repo, ref);
  if (now === oid) throw new GitError(["update-ref", "-d", ref, oid], result);
  return now === null;
}

/** A ref that holds the commit; null when none does. */
export async function refHolding(repo: Repo, oid: Oid): Promise<string | null> {
  const text = await runOk(repo.dir, [
    "for-each-ref",
    "--count=1",
    `--contains=${oid}`,
    "--format=%(refname:short)",
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  ]);
  return text.trimEnd() || null;
}
