import { type Landing, readLandings } from "../git/landings";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";

/** Fifty branches are checked against one base: its landings are read once. A few bases are kept, the oldest goes. */
const kept = new Map<string, Promise<Landing[]>>();
const most = 4;

/** The newest landings of a base. */
export function recentLandings(repo: Repo, base: Oid, count: number): Promise<Landing[]> {
  const key = `${repo.commonDir}\0${base}\0${count}`;
  const found = kept.get(key);
  if (found) return found;
  const reading = readLandings(repo, base, count);
  kept.set(key, reading);
  reading.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return reading;
}
