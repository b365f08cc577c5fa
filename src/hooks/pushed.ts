import type { Oid } from "../model/worktree";

/** What a push would put where, as git tells its pre-push hook. */
export interface Pushed {
  readonly localRef: string;
  readonly oid: Oid;
  readonly remoteRef: string;
}

/**
 * Parses what git writes to the hook: a deletion has an id of zeros, and tags and notes hold no work of a branch.
 *
 *     refs/heads/agent/csv 5c0f… refs/heads/agent/csv 0ddb…
 *     (delete) 0000… refs/heads/old 0ddb…
 */
export function parsePushed(text: string): Pushed[] {
  const found = new Map<Oid, Pushed>();
  for (const line of text.split("\n")) {
    const [localRef = "", oid = "", remoteRef = ""] = line.split(" ");
    if (!/^[0-9a-f]{40,64}$/.test(oid) || /^0+$/.test(oid)) continue;
    if (/^refs\/(tags|notes|agent-foreman)\//.test(remoteRef) || found.has(oid)) continue;
    found.set(oid, { localRef, oid, remoteRef });
  }
  return [...found.values()];
}

const word = String.raw`(?:"([^"]+)"|'([^']+)'|([^\s"';&|]+))`;
const gitPush = new RegExp(
  String.raw`(?:^|[\s;&|(])git((?:\s+-[Cc]\s+${word}|\s+--?[\w-]+(?:=\S+)?)*)\s+push(?=$|[\s;&|)])([^;&|\n]*)`,
  "g",
);
const changesFolder = new RegExp(String.raw`\s-C\s+${word}`);
const ghPull = /(?:^|[\s;&|(])gh\s+pr\s+(?:create|merge|ready)(?=$|[\s;&|)])/;
const changesTo = new RegExp(String.raw`^\s*cd\s+${word}\s*(?:&&|;)`);
const pushesNothing = /\s(--delete|-d|--tags|--dry-run|-n|--help|-h)(?=$|[\s=])/;

/**
 * The folders (relative to where the shell is) from which a shell command pushes or opens a pull request; a good guess, for a
 * shell can say it in many ways, and git's own hook sees all of them.
 */
export function pushesIn(command: string): string[] {
  const [, ...cd] = changesTo.exec(command) ?? [];
  const here = plain(cd.find(Boolean)) ?? ".";
  const folders = new Set<string>();
  for (const [, options = "", , , , rest = ""] of command.matchAll(gitPush)) {
    const [, ...at] = changesFolder.exec(options) ?? [];
    if (!pushesNothing.test(rest)) folders.add(plain(at.find(Boolean)) ?? here);
  }
  if (ghPull.test(command)) folders.add(here);
  return [...folders];
}

/** Null for what only a shell could tell. */
function plain(folder: string | undefined): string | null {
  return folder === undefined || /[$`~*?]/.test(folder) ? null : folder;
}
