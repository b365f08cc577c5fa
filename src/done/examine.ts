import { readFilesAt } from "../git/filesAt";
import { grepTree, type TreeHit } from "../git/grepTree";
import type { Repo } from "../git/repo";
import type { DoneNote, Waiver } from "../model/done";
import type { Oid } from "../model/worktree";
import type { Change } from "./change";
import { conventionFiles, type DoneConfig } from "./config";
import { leftDebugging } from "./debugging";
import { drifted, goneFrom, tracesOf } from "./drift";
import { type Found, pass } from "./found";
import { matcher } from "./kinds";
import { lonelyFiles, orphans, suspectNames, suspects } from "./orphans";
import { changelogRule } from "./rules/changelog";
import { conventions } from "./rules/conventions";
import { debt } from "./rules/debt";
import { docs } from "./rules/docs";
import { type TicketWords, ticketWords } from "./tickets";
import { newTodos } from "./todos";
import { saidWaivers } from "./waivers";

/** What follows from the commits and the pull request's words alone. */
export interface Examined {
  readonly docs: Found;
  readonly conventions: Found;
  readonly changelog: Found;
  readonly debt: Found;
  readonly words: TicketWords;
  readonly said: readonly Waiver[];
  readonly notes: readonly DoneNote[];
}

const proseFiles = ["*.md", "*.mdx", "*.markdown", "*.rst", "*.adoc", "*.cursorrules", ".cursor/rules/*"];
// Where a name may stand that something uses.
const codeFiles = [
  ...["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "vue", "svelte", "astro", "html", "mdx"],
  ...["json", "yml", "yaml", "toml", "sh"],
].map((ending) => `*.${ending}`);

export async function examine(
  repo: Repo,
  head: Oid,
  change: Change,
  { gates }: DoneConfig,
  signal?: AbortSignal,
): Promise<Examined> {
  const isConvention = matcher(gates.conventions.files ?? conventionFiles);
  const gone = goneFrom(change);
  const [hits, left] = await Promise.all([
    grepTree(repo, head, tracesOf(gone), { paths: proseFiles, signal }),
    findOrphans(repo, head, change, gates.debt, signal),
  ]);
  const drift = drifted(change, gone, hits ?? []);
  const isIgnored = matcher(gates.debt.ignore);
  const mess = [
    ...newTodos(change, gates.debt.words, isIgnored),
    ...(gates.debt.debug ? leftDebugging(change, isIgnored) : []),
    ...(left ?? []).filter(({ path }) => path === null || !isIgnored(path)),
  ];
  return {
    docs: docs(
      change,
      gates.docs,
      drift.filter(({ path }) => path === null || !isConvention(path)),
    ),
    conventions: conventions(
      change,
      isConvention,
      drift.filter(({ path }) => path !== null && isConvention(path)),
    ),
    changelog: changelogRule(change, gates.changelog),
    debt: change.files.length === 0 ? pass("Nothing is changed.") : debt(mess),
    words: ticketWords(change, gates.ticket.pattern),
    said: saidWaivers(change),
    notes: [
      ...pipelineNote(change),
      ...(hits === null
        ? [{ path: null, detail: "Documents were not searched for what is gone: too many places." }]
        : []),
      ...(left === null
        ? [{ path: null, detail: "Unused exports were not looked for: too many places." }]
        : []),
    ],
  };
}

/** Who reads of the change shall know that it is about what judges it. */
function pipelineNote({ files }: Change): DoneNote[] {
  const touched = files.find(({ path, oldPath }) =>
    [path, oldPath].some((each) => /^\.github\/(workflows|actions|agent-foreman)\//.test(each)),
  );
  if (!touched) return [];
  const detail = "The change is about the pipeline that judges it. Read that part of it yourself.";
  return [{ path: touched.path, detail }];
}

/** Null: too much to tell. */
async function findOrphans(
  repo: Repo,
  head: Oid,
  change: Change,
  config: DoneConfig["gates"]["debt"],
  signal: AbortSignal | undefined,
) {
  if (!config.orphans) return [];
  const isEntry = matcher(config.entries);
  const found = suspects(change, isEntry);
  const hits: TreeHit[] | null = await grepTree(repo, head, suspectNames(found), {
    words: true,
    paths: codeFiles,
    signal,
  });
  if (hits === null) return null;
  const texts = await readFilesAt(repo, head, lonelyFiles(found, hits));
  const lineOf = (path: string, line: number) => texts.get(path)?.split("\n")[line - 1] ?? "";
  return orphans(found, hits, lineOf, isEntry);
}
