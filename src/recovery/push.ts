import { askRemote } from "../git/lsRemote";
import { pushBranch } from "../git/pushBranch";
import { withoutPasswords } from "../git/redact";
import { mainRemote, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { readRef } from "../git/updateRef";
import type { CheckDocument } from "../model/check";
import { done, type Outcome, refused } from "../model/outcome";
import type { RecoverDocument } from "../model/recovery";
import type { Oid } from "../model/worktree";
import { checkResult } from "./checkResult";
import type { RunOptions } from "./run";

/** Pushes a branch that was recovered before, as it is now. Refused as `no-remote`, `unknown-ref` or `not-pushed`. */
export async function pushRecovered(
  repo: Repo,
  { newBranch, onto }: Pick<RecoverDocument, "newBranch" | "onto">,
  options: RunOptions = {},
): Promise<Outcome<null>> {
  const safe = "What was recovered is safe in its worktree.";
  const remote = mainRemote(await readRefs(repo));
  if (remote === null) return refused("no-remote", "There is no remote to push to.", safe);
  const tip = await readRef(repo, `refs/heads/${newBranch}`);
  if (tip === null) return refused("unknown-ref", `There is no branch ${newBranch} any more.`, safe);
  const check = await checkResult(repo, onto, { ref: newBranch, oid: tip }, options.signal);
  const why = await push(repo, remote, newBranch, tip, check, options);
  return why === null ? done(null) : refused("not-pushed", why, safe);
}

export function loses(check: CheckDocument | null): boolean {
  return check !== null && check.losses.length + check.conflicts.length > 0;
}

/** Null when the remote has the branch now; else why not, in words. */
export async function push(
  repo: Repo,
  remote: string,
  branch: string,
  tip: Oid,
  check: CheckDocument | null,
  { signal, onProgress }: RunOptions,
): Promise<string | null> {
  if (check === null) return "It was not pushed, because what it would lose could not be told.";
  if (loses(check)) return "It was not pushed, because the target would lose other people's work.";
  onProgress?.(`Pushing ${branch} to ${remote}`);
  const git = { timeoutMs: 120_000, ...(signal ? { signal } : {}) };
  const there = (await askRemote(repo, remote, [branch], git))?.oids.get(`refs/heads/${branch}`);
  if (there === tip) return null;
  if (there !== undefined) {
    return `It was not pushed: ${remote} already has a branch ${branch}, with other commits. Push it under another name.`;
  }
  const result = await pushBranch(repo, { remote, branch, name: branch }, git);
  if (result.exitCode === 0) return null;
  const words = withoutPasswords(result.stderr)
    .split("\n")
    .filter((line) => /^(fatal|error|remote|ssh)\b/.test(line));
  const said = words.slice(0, 3).join(" · ").slice(0, 400) || "git did not say why";
  return `It was not pushed: ${said}. To try again: git push ${remote} ${branch}`;
}
