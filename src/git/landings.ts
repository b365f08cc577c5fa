import type { Oid } from "../model/worktree";
import { unquote, utf8 } from "./quoted";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** One path that a landing touched. Paths are bytes held as latin1 text; an absent side has an oid of zeros. */
export interface TouchedPath {
  readonly path: string;
  readonly status: string;
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldOid: Oid;
  readonly newOid: Oid;
}

/** One commit of the target's first-parent line: a merge, a squash or a plain commit. */
export interface Landing {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  readonly author: string;
  readonly email: string;
  /** ISO, of the commit. */
  readonly committedAt: string;
  readonly subject: string;
  readonly touched: readonly TouchedPath[];
}

/**
 * The newest `count` landings up to `tip`, newest first, each with all paths it touched against its first parent.
 *
 *     ␁<oid>␂<parents>␂Ann␂ann@example.com␂2026-11-22T10:00:00+00:00␂feat: CSV export (#12)
 *
 *     :100644 100644 de98… 55dc… M⇥src/a.ts
 */
export async function readLandings(
  repo: Repo,
  tip: Oid,
  count: number,
  signal?: AbortSignal,
): Promise<Landing[]> {
  const args = [
    ...["-c", "core.quotePath=false", "-c", "log.showSignature=false"],
    ...[
      "log",
      "--first-parent",
      "--diff-merges=first-parent",
      "--root",
      "--raw",
      "--no-renames",
      "--no-abbrev",
    ],
    ...["--ignore-submodules=none", "--no-color", `--max-count=${count}`],
    ...["--format=%x01%H%x02%P%x02%an%x02%ae%x02%cI%x02%s", tip],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return result.stdout.toString("latin1").split("\x01").slice(1).map(parseLanding);
}

function parseLanding(text: string): Landing {
  const [heading = "", ...rest] = text.split("\n");
  const [oid = "", parents = "", author = "", email = "", committedAt = "", subject = ""] =
    heading.split("\x02");
  const touched: TouchedPath[] = [];
  for (const line of rest) if (line.startsWith(":")) touched.push(parseRaw(line));
  return {
    oid,
    parents: parents === "" ? [] : parents.split(" "),
    author: utf8(author),
    email: utf8(email),
    committedAt,
    subject: utf8(subject),
    touched,
  };
}

/** `:100644 100644 de98… 55dc… M⇥src/a.ts` */
export function parseRaw(line: string): TouchedPath {
  const tab = line.indexOf("\t");
  const [oldMode = "", newMode = "", oldOid = "", newOid = "", status = ""] = line.slice(1, tab).split(" ");
  return { path: unquote(line.slice(tab + 1)), status, oldMode, newMode, oldOid, newOid };
}
