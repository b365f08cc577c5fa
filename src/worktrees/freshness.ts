import { stat } from "node:fs/promises";
import path from "node:path";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";
import { namesIn, readText } from "../store/atomic";
import { readFetched } from "../store/fetched";

/**
 * When the ref of a remote's branch, now at `oid`, was last brought up to date (ISO); null when nobody knows. Fetches
 * by others (an agent, the editor) count too, as far as git's FETCH_HEAD tells.
 */
export async function lastFetched(
  repo: Pick<Repo, "commonDir">,
  ref: string,
  oid: Oid,
): Promise<string | null> {
  if (!ref.startsWith("refs/remotes/")) return null;
  const admin = path.join(repo.commonDir, "worktrees");
  const gitDirs = [repo.commonDir, ...(await namesIn(admin)).map((name) => path.join(admin, name))];
  const times = await Promise.all(
    gitDirs.map((dir) => fetchHeadTime(path.join(dir, "FETCH_HEAD"), ref, oid)),
  );
  const noted = await readFetched(repo.commonDir, ref);
  const latest = Math.max(...times, noted ? Date.parse(noted.at) : 0);
  return latest === 0 ? null : new Date(latest).toISOString();
}

async function fetchHeadTime(file: string, ref: string, oid: Oid): Promise<number> {
  const [text, found] = await Promise.all([readText(file), stat(file).catch(() => null)]);
  return text !== null && found !== null && fetchHeadNames(text, ref, oid) ? found.mtimeMs : 0;
}

/**
 * Whether a FETCH_HEAD tells of that ref:
 *
 *     5c0ffee…\t\tbranch 'main' of https://example.com/shop
 *     0ddba11…\tnot-for-merge\tbranch 'other' of https://example.com/shop
 *
 * It names the address and not the remote, so the object id must be the one that the ref has.
 */
export function fetchHeadNames(text: string, ref: string, oid: Oid): boolean {
  return text.split("\n").some((line) => {
    const [head, , what] = line.split("\t");
    const branch = /^branch '(.+)' of /.exec(what ?? "")?.[1];
    return head === oid && branch !== undefined && ref.endsWith(`/${branch}`);
  });
}

/** How long ago, in words: `3 hours ago`. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  const units: [number, string][] = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
    [1, "second"],
  ];
  for (const [size, unit] of units) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
