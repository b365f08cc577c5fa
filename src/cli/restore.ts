import { chmod, lstat, readFile } from "node:fs/promises";
import { readBlobs } from "../git/catFile";
import { readCheckedOut } from "../git/checkedOut";
import type { Repo } from "../git/repo";
import { readTreeEntry } from "../git/treeEntry";
import { checkUndecided } from "../losses/cached";
import { remedy } from "../losses/remedy";
import { numbers } from "../losses/restore/gaps";
import { putBack } from "../losses/restore/put";
import type { CheckDocument, Deletion } from "../model/check";
import { writeAtomic } from "../store/atomic";
import { placeInside, standsAt } from "../worktrees/inside";
import { recordedBases } from "./checkOptions";
import type { Answer, Command, Context } from "./command";
import { count, printable } from "./words";

export const restore: Command = {
  name: "restore",
  summary: "puts lines that would be lost back into the files of this worktree",
  usage: "ID… | --all",
  help: [
    ["ID", "as check printed it, or its first digits; several may be given"],
    ["--all", "all losses; questions only by their ids"],
    ["--base REF", "where the branch would land (default: the remote's default branch)"],
  ],
  options: { all: { type: "boolean" }, base: { type: "string" } },
  names: [0, 1_000],
  async run({ repo, positionals, values, signal }: Context): Promise<Answer> {
    const { top } = repo;
    if (top === null)
      return refuse(
        "no-worktree",
        "There is no worktree here whose files could be restored.",
        "Run this inside a worktree.",
      );
    if (positionals.length > 0 === (values.all === true))
      return refuse(
        "bad-arguments",
        "Name what to restore by its ids, or say --all.",
        "See agent-foreman check.",
      );
    const checked = await checkUndecided(
      repo,
      {
        worktree: true,
        records: await recordedBases(repo),
        ...(typeof values.base === "string" ? { base: values.base } : {}),
      },
      signal,
    );
    if (!checked.ok) return { exitCode: 2, refusal: checked.refusal };
    const document = checked.value;
    const wanted = chosen(document, positionals);
    if (!wanted) {
      const message = "No loss or question of the files here has an id that begins like one of these.";
      return refuse("unknown-deletion", message, "See agent-foreman check --worktree. Nothing was changed.");
    }
    const outcomes: Outcome[] = [];
    for (const deletion of wanted) outcomes.push(await restoreOne(repo, top, document, deletion));
    const left = outcomes.filter(({ why }) => why !== null);
    return {
      exitCode: left.length > 0 ? 1 : 0,
      document: { schemaVersion: 1, base: document.base, deletions: outcomes },
      text: `${outcomes.map(inWords).join("\n") || "Nothing is missing."}\n`,
    };
  },
};

/** What became of one deletion; `why` it was left alone, and git's command for it, where it was. */
interface Outcome {
  readonly id: string;
  readonly path: string;
  readonly restored: "file" | "lines" | null;
  readonly lines: number;
  readonly why: string | null;
  readonly command: string | null;
}

/** Null where an id stands for nothing. */
function chosen({ losses, questions }: CheckDocument, starts: readonly string[]): readonly Deletion[] | null {
  if (starts.length === 0) return losses;
  const all = [...losses, ...questions];
  const found = starts.map((start) => (start.length < 4 ? [] : all.filter(({ id }) => id.startsWith(start))));
  return found.some((each) => each.length === 0) ? null : [...new Set(found.flat())];
}

/** Only adds to what is there: a file of the agent's own is never replaced. */
async function restoreOne(
  repo: Repo,
  top: string,
  document: CheckDocument,
  deletion: Deletion,
): Promise<Outcome> {
  const { id, path, kind, headPath, lines } = deletion;
  const base = document.base.oid;
  const left = (why: string): Outcome => ({
    ...{ id, path, restored: null, lines, why },
    command: remedy(document, deletion),
  });
  const file = await placeInside(top, headPath ?? path);
  if (file === null) return left("the way to it leads through a link or out of the worktree");
  const standing = await standsAt(file);
  const entry = await readTreeEntry(repo, base, path);
  if (standing === "other" || !entry?.mode.startsWith("100")) return left("it is no plain file");
  const target = await readCheckedOut(top, base, path);
  if (standing === "nothing") {
    await writeAtomic(file, target, entry.mode === "100755" ? 0o777 : 0o666);
    return { id, path, restored: "file", lines, why: null, command: null };
  }
  const [now, found] = await Promise.all([readFile(file), lstat(file)]);
  if (kind === "binary" || kind === "mode" || kind === "move-undone" || now.includes(0) || target.includes(0))
    return left("it cannot be put back line by line");
  const names = deletion.introducedBy.map(({ oid }) => `${oid}^1:${path}`);
  const older = await readBlobs(repo, names);
  const after = Buffer.from(
    putBack(
      now.toString("latin1"),
      target.toString("latin1"),
      numbers(deletion.baseRanges),
      [...older.values()].flatMap((blob) => (blob ? [blob.toString("latin1")] : [])),
    ),
    "latin1",
  );
  if (!(await readFile(file)).equals(now)) return left("it is being edited just now");
  if (!after.equals(now)) {
    await writeAtomic(file, after);
    await chmod(file, found.mode & 0o7777);
  }
  return { id, path, restored: "lines", lines, why: null, command: null };
}

function inWords({ id, path, restored, lines, why, command }: Outcome): string {
  const name = `${printable(path)} [${id.slice(0, 8)}]`;
  if (why !== null) return `LEFT  ${name}: ${why}. Use:  ${printable(command ?? "")}`;
  return restored === "file" ? `${name}: the whole file is back` : `${name}: ${count(lines, "line")} back`;
}

function refuse(code: string, message: string, hint: string): Answer {
  return { exitCode: 2, refusal: { code, message, hint } };
}
