import path from "node:path/posix";
import { parse } from "jsonc-parser";
import type { Place } from "../model/done";
import { type Change, type Hit, present } from "./change";
import { isScript, isSource } from "./kinds";

const declaration =
  /^export (?:declare )?(?:default )?(?:async )?(?:abstract )?(?:function\*?|const enum|const|let|var|class|interface|type|enum)\s+([A-Za-z_$][\w$]*)/;
// Frameworks find these by their names and places.
const byName =
  /^(activate|deactivate|loader|action|meta|links|headers|metadata|generate\w+|get(Static|Server)\w+|handler|config|middleware|dynamic|revalidate|runtime|default|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|setup|teardown|up|down)$/;
const byPlace =
  /(^|\/)(pages|routes|api|functions|migrations|plugins|middleware|app)\/|(^|\/)(index|main|mod|server|entry)[^/]*$|\.(config|stories|d)\.\w+$/;

// More names are not looked for: such a change is no change but a new program.
const mostNames = 400;

/** What a change may have left without a use: exports that it adds, and names that it stops importing. */
export interface Suspects {
  readonly added: readonly { readonly name: string; readonly path: string; readonly line: number }[];
  readonly dropped: readonly string[];
  /** Added files that export something, by the name under which they would be imported. */
  readonly files: readonly { readonly name: string; readonly path: string }[];
}

export function suspects(change: Change, isEntry: (path: string) => boolean): Suspects {
  const entry = entriesOf(change);
  const isOwn = (file: string) =>
    isScript(file) && isSource(file) && !byPlace.test(file) && !entry.has(stemOf(file)) && !isEntry(file);
  const files = present(change).filter(({ path: file }) => isOwn(file));
  const before = new Set(
    change.files.flatMap(({ removed }) => removed.map((text) => declaration.exec(text)?.[1])),
  );
  const added = files.flatMap(({ path: file, added: lines }) =>
    lines.flatMap(({ line, text }) => {
      const name = declaration.exec(text)?.[1];
      const known = name === undefined || text.startsWith("export default") || byName.test(name);
      return known || before.has(name) ? [] : [{ name, path: file, line }];
    }),
  );
  const fresh = files.filter(
    ({ path: file, status }) => status === "added" && added.some((each) => each.path === file),
  );
  return {
    added: added.slice(0, mostNames),
    dropped: [...new Set(change.files.flatMap(({ removed }) => importedIn(removed)))].slice(0, mostNames),
    files: fresh.map(({ path: file }) => ({ name: stemOf(file), path: file })),
  };
}

export function suspectNames({ added, dropped, files }: Suspects): string[] {
  return [...new Set([...added.map(({ name }) => name), ...dropped, ...files.map(({ name }) => name)])];
}

/** Files that have to be read to tell whether a dropped import's name is still exported somewhere. */
export function lonelyFiles({ dropped }: Suspects, hits: readonly Hit[]): string[] {
  const named = byText(hits);
  return [...new Set(dropped.flatMap((name) => lonely(named.get(name))?.path ?? []))];
}

/** The exports and files that nothing in the head names but they themselves. `hits`: whole words in the head's code. */
export function orphans(
  { added, dropped, files }: Suspects,
  hits: readonly Hit[],
  lineOf: (path: string, line: number) => string,
  isEntry: (path: string) => boolean,
): Place[] {
  const named = byText(hits);
  const lost = files.filter(
    ({ name, path: file }) =>
      (named.get(name) ?? []).every((hit) => hit.path === file) &&
      added.every(
        (each) => each.path !== file || (named.get(each.name) ?? []).every((hit) => hit.path === file),
      ),
  );
  const inLost = new Set(lost.map(({ path: file }) => file));
  return [
    ...lost.map(({ path: file }) => ({ path: file, line: null, message: "Nothing imports this new file." })),
    ...added
      .filter(({ name, path: file }) => !inLost.has(file) && lonely(named.get(name))?.path === file)
      .map(({ name, path: file, line }) => ({
        path: file,
        line,
        message: `Nothing uses the new export ${name}.`,
      })),
    ...dropped.flatMap((name) => {
      const hit = lonely(named.get(name));
      const left =
        hit && isScript(hit.path) && isSource(hit.path) && !isEntry(hit.path) && !byName.test(name);
      if (!left || byPlace.test(hit.path) || declaration.exec(lineOf(hit.path, hit.line))?.[1] !== name)
        return [];
      return [{ path: hit.path, line: hit.line, message: `Nothing uses ${name} any more.` }];
    }),
  ];
}

/** The only place where a word stands. */
function lonely(hits: readonly Hit[] | undefined): Hit | null {
  return (hits?.length === 1 && hits[0]) || null;
}

function byText(hits: readonly Hit[]): Map<string, Hit[]> {
  const found = new Map<string, Hit[]>();
  for (const hit of hits) {
    const known = found.get(hit.text);
    if (known) known.push(hit);
    else found.set(hit.text, [hit]);
  }
  return found;
}

/** The names that removed lines imported: whole statements, and single lines of a longer one. */
function importedIn(removed: readonly string[]): string[] {
  const text = removed.join("\n");
  const lists = [...text.matchAll(/\bimport\s+(?:type\s+)?(?:\w+\s*,\s*)?\{([^}]*)\}/g)].map(
    (hit) => hit[1] ?? "",
  );
  const single = removed.flatMap(
    (line) => /^\s+(?:type\s+)?([A-Za-z_$][\w$]*(?: as \w+)?),?$/.exec(line)?.[1] ?? [],
  );
  return [...lists.flatMap((list) => list.split(",")), ...single]
    .map((each) =>
      each
        .trim()
        .replace(/^type\s+/, "")
        .replace(/\s+as\s+.*$/, ""),
    )
    .filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
}

/** The names of the files that package.json names as the ways in. */
function entriesOf(change: Change): Set<string> {
  const found = new Set<string>();
  const take = (value: unknown): void => {
    if (typeof value === "string") found.add(stemOf(value));
    else if (value && typeof value === "object") for (const each of Object.values(value)) take(each);
  };
  for (const file of change.after) {
    if (!/(^|\/)package\.json$/.test(file)) continue;
    const json = (parse(change.read(file) ?? "") ?? {}) as Record<string, unknown>;
    for (const key of ["main", "module", "types", "browser", "bin", "exports"]) take(json[key]);
  }
  return found;
}

function stemOf(file: string): string {
  return path.basename(file).replace(/\.(d\.)?[cm]?[jt]sx?$/, "");
}
