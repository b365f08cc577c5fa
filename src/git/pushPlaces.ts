import type { Repo } from "./repo";
import { runOk } from "./run";

/** Where a push of a branch goes. */
export interface PushPlace {
  readonly remote: string;
  /** Short name there. */
  readonly name: string;
}

/** Where each local branch is pushed to, as far as settings say; one without any goes where git's defaults send it. */
export async function readPushPlaces(repo: Repo): Promise<ReadonlyMap<string, PushPlace>> {
  const format = "--format=%(refname)%00%(push:remotename)%00%(push)";
  return parsePushPlaces(await runOk(repo.dir, ["for-each-ref", format, "refs/heads"]));
}

/** Parses lines of `refs/heads/csv NUL fork NUL refs/remotes/fork/csv-export`; empty is what nothing is set for. */
export function parsePushPlaces(text: string): Map<string, PushPlace> {
  const places = new Map<string, PushPlace>();
  for (const line of text.split("\n")) {
    const [ref, remote, tracked = ""] = line.split("\0");
    if (!ref || !remote) continue;
    const branch = ref.replace("refs/heads/", "");
    const prefix = `refs/remotes/${remote}/`;
    places.set(branch, { remote, name: tracked.startsWith(prefix) ? tracked.slice(prefix.length) : branch });
  }
  return places;
}
