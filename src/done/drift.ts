import path from "node:path/posix";
import type { Place } from "../model/done";
import { type Change, gonePaths, type Hit } from "./change";
import { isProse } from "./kinds";
import { foldersOf, linkedPath, linkTargets } from "./prose";
import { callsOf, goneScripts, namedScripts } from "./scripts";

// What tells of the past goes on naming what was.
const history =
  /(^|\/)(change(s|log)|history|news|releases?|migrat\w*|upgrad\w*)[^/]*\.\w+$|(^|\/)(adrs?|decisions|rfcs?|blog|releases|changelog\.d|\.changeset)\//i;

/** What a change takes away that documents may still name. */
export interface Gone {
  readonly paths: readonly string[];
  readonly folders: readonly string[];
  readonly scripts: readonly string[];
}

export function goneFrom(change: Change): Gone {
  const paths = gonePaths(change);
  const left = foldersOf(change.after);
  return {
    paths,
    folders: [...foldersOf(paths)].filter((folder) => !left.has(folder)),
    scripts: goneScripts(change),
  };
}

/** Texts of which a document that names something gone has at least one. */
export function tracesOf({ paths, folders, scripts }: Gone): string[] {
  return [...new Set([...paths.map((each) => path.basename(each)), ...folders, ...scripts.flatMap(callsOf)])];
}

/** The places in documents that still name what the change takes away. `hits`: where any of `tracesOf` stands. */
export function drifted(change: Change, gone: Gone, hits: readonly Hit[]): Place[] {
  const names = [...gone.paths, ...gone.folders];
  const moved = new Map(change.files.map((file) => [file.oldPath, file.path]));
  const scripts = new Set(gone.scripts);
  return hits
    .filter(({ path: file }) => isProse(file) && !history.test(file))
    .flatMap(({ path: file, line, text }) => {
      const linked = linkTargets(text).map((target) => linkedPath(file, target));
      const name = names.find((each) => linked.includes(each) || isNamed(text, each));
      const script = namedScripts(text).find((each) => scripts.has(each));
      if (script !== undefined)
        return [{ path: file, line, message: `It says to run the script ${script}, which is gone.` }];
      if (name === undefined) return [];
      const now = moved.get(name);
      const what = now !== undefined && now !== name && change.after.has(now) ? `is now ${now}` : "is gone";
      return [{ path: file, line, message: `It names ${name}, which ${what}.` }];
    });
}

/** Whether a line names a path as a whole, also as `./path`; a single word only as a folder, with its slash. */
function isNamed(text: string, name: string): boolean {
  const whole = name.includes("/") || name.includes(".") ? name : `${name}/`;
  for (let at = text.indexOf(whole); at >= 0; at = text.indexOf(whole, at + 1)) {
    const before = text.slice(0, at).replace(/\.\/$/, "");
    const after = text.slice(at + whole.length);
    if (!/[\w/.@-]$/.test(before) && !/^(\w|-\w|\.\w)/.test(after)) return true;
  }
  return false;
}
