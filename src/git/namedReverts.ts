import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** A commit that says of itself that it takes others back. */
export interface NamedRevert {
  readonly by: Oid;
  /** Ids as the message has them, perhaps shortened. */
  readonly names: readonly string[];
}

/** The commits of `tip`, not reachable from `since`, whose message has git's own words for a revert. */
export async function readNamedReverts(
  repo: Repo,
  tip: Oid,
  since: Oid,
  signal?: AbortSignal,
): Promise<NamedRevert[]> {
  const args = [
    "--no-replace-objects",
    "log",
    "--no-show-signature",
    "--no-color",
    "-z",
    "--extended-regexp",
    "--grep=This reverts commit [0-9a-f]{7,}",
    "--format=%x01%H%x02%B",
    tip,
    `^${since}`,
  ];
  return parseNamedReverts(await runOk(repo.dir, args, signal ? { signal } : {}));
}

/** Parses `\x01<id>\x02<message>` pieces, of which each ends with NUL. */
export function parseNamedReverts(text: string): NamedRevert[] {
  return text.split("\0").flatMap((piece) => {
    const [by = "", message] = piece.slice(1).split("\x02");
    if (message === undefined) return [];
    return [
      {
        by,
        names: [...message.matchAll(/This reverts commit ([0-9a-f]{7,64})/g)].map((hit) => hit[1] ?? ""),
      },
    ];
  });
}
