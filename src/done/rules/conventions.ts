import path from "node:path/posix";
import type { Place } from "../../model/done";
import { type Change, present } from "../change";
import { count, type Found, fail, pass, skip } from "../found";
import { codeSpans, foldersOf } from "../prose";
import { namedScripts, scriptsIn } from "../scripts";

/** Do the files that tell agents how to work here still name what is there. */
export function conventions(
  change: Change,
  isConvention: (path: string) => boolean,
  drift: readonly Place[],
): Found {
  if (![...change.after].some(isConvention))
    return skip("The repo has no file that tells agents how to work.");
  const where = [...drift, ...namedButAbsent(change, isConvention), ...unread(change)];
  if (where.length === 0) return pass("What the conventions name is there.");
  return fail(
    `${count(where.length, "place")} in the conventions ${where.length === 1 ? "names" : "name"} what is not there.`,
    "Correct what agents are told, or keep what they are told about.",
    where,
  );
}

/** What the change adds to the conventions about scripts and paths that do not exist. */
function namedButAbsent(change: Change, isConvention: (path: string) => boolean): Place[] {
  const scripts = scriptsIn(change.after, change.read);
  const folders = foldersOf(change.after);
  return present(change)
    .filter((file) => isConvention(file.path))
    .flatMap(({ path: file, added }) =>
      added.flatMap(({ line, text }): Place[] => {
        const script =
          scripts && scripts.size > 0 ? namedScripts(text).find((each) => !scripts.has(each)) : undefined;
        if (script !== undefined)
          return [{ path: file, line, message: `It names the script ${script}, which no package.json has.` }];
        const absent = codeSpans(text).find((span) => isAbsent(span, file, change.after, folders));
        return absent === undefined
          ? []
          : [{ path: file, line, message: `It names ${absent}, which is not there.` }];
      }),
    );
}

/** A path for sure: below a folder that is there, and with an ending or a slash at its end. */
function isAbsent(
  span: string,
  file: string,
  paths: ReadonlySet<string>,
  folders: ReadonlySet<string>,
): boolean {
  const name = span.replace(/^\.\//, "").replace(/:\d+(-\d+)?$/, "");
  if (!/^[\w@.-]+(\/[\w@.-]+)+\/?$/.test(name) || !/(\.\w+|\/)$/.test(name) || name.includes(".."))
    return false;
  const [top = ""] = name.split("/");
  const bare = name.replace(/\/$/, "");
  const here = path.join(path.dirname(file), bare);
  if (paths.has(bare) || folders.has(bare) || paths.has(here) || folders.has(here)) return false;
  return folders.has(top) && top !== "dist" && top !== "build";
}

/** Claude Code reads AGENTS.md only where CLAUDE.md takes it in or is not there. */
function unread(change: Change): Place[] {
  const now = doesNotRead(change.after, change.read);
  const before = new Set(doesNotRead(change.before, change.readBefore));
  return now
    .filter((file) => !before.has(file))
    .map((file) => ({
      path: file,
      line: null,
      message:
        "AGENTS.md is beside it, but it does not take that in (@AGENTS.md), so Claude Code does not read it.",
    }));
}

function doesNotRead(paths: ReadonlySet<string>, read: (path: string) => string | null): string[] {
  return [...paths].filter((file) => {
    if (!/(^|\/)CLAUDE\.md$/.test(file)) return false;
    const agents = path.join(path.dirname(file), "AGENTS.md");
    const text = read(file);
    if (!paths.has(agents) || text === null || text === read(agents)) return false;
    // A link's content is where it leads.
    return !/(^|\s|\/)AGENTS\.md\s*$|@(\.\/)?AGENTS\.md\b/m.test(text);
  });
}
