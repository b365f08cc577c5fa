import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { type GitOptions, run } from "./run";

/** What a remote has now, of what it was asked for. */
export interface RemoteState {
  /** Its default branch, short; null when it has none or does not say. */
  readonly defaultBranch: string | null;
  /** By full name on the remote. */
  readonly oids: ReadonlyMap<string, Oid>;
}

/** Asks a remote for its default branch and some of its branches; null when it does not answer. */
export async function askRemote(
  repo: Repo,
  remote: string,
  branches: readonly string[],
  options: GitOptions,
): Promise<RemoteState | null> {
  const refs = branches.map((branch) => `refs/heads/${branch}`);
  const result = await run(repo.dir, ["ls-remote", "--symref", "--", remote, "HEAD", ...refs], options);
  return result.exitCode === 0 ? parseLsRemote(result.stdout) : null;
}

/**
 * Parses `git ls-remote --symref origin HEAD refs/heads/agent/x`; a pattern matches the ends of names too:
 *
 *     ref: refs/heads/main\tHEAD
 *     5c0ffee…\tHEAD
 *     0ddba11…\trefs/heads/agent/x
 */
export function parseLsRemote(text: string): RemoteState {
  let defaultBranch: string | null = null;
  const oids = new Map<string, Oid>();
  for (const line of text.split("\n")) {
    const [value = "", name] = line.split("\t");
    const symref = /^ref: refs\/heads\/([^\s:*?[\\^~]+)$/.exec(value)?.[1];
    if (name === "HEAD" && symref !== undefined) defaultBranch = symref;
    else if (name !== undefined && /^[0-9a-f]{40,64}$/.test(value)) oids.set(name, value);
  }
  return { defaultBranch, oids };
}
