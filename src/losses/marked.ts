import ignore from "ignore";
import { readBlobs } from "../git/catFile";
import { utf8 } from "../git/quoted";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";

const largest = 1 << 20;

/** Those of some paths (latin1) that the target's .gitattributes call generated, as GitHub understands it. */
export async function readMarkedGenerated(
  repo: Repo,
  base: Oid,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const folders = new Set(paths.flatMap(foldersOf));
  const nameOf = (folder: string) => `${base}:${folder}.gitattributes`;
  const blobs = await readBlobs(repo, [...folders].map(nameOf), largest, signal);
  const rules = new Map<string, (path: string) => boolean | null>();
  for (const folder of folders) {
    const text = blobs.get(nameOf(folder))?.toString("latin1");
    if (text) rules.set(folder, generatedRule(text));
  }
  if (rules.size === 0) return new Set();
  return new Set(
    paths.filter((path) => {
      // The innermost file that says anything has the last word.
      for (const folder of foldersOf(path)) {
        const said = rules.get(folder)?.(path.slice(folder.length)) ?? null;
        if (said !== null) return said;
      }
      return false;
    }),
  );
}

/** `a/b/c.ts` → `a/b/`, `a/`, and the top. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf("/"); end >= 0; end = path.lastIndexOf("/", end - 1)) {
    folders.push(path.slice(0, end + 1));
    if (end === 0) break;
  }
  return [...folders, ""];
}

/**
 * Reads lines like these; a later one overrules an earlier one:
 *
 *     *.pb.go linguist-generated
 *     docs/*.svg text linguist-generated=true
 *     docs/logo.svg -linguist-generated
 */
export function generatedRule(text: string): (path: string) => boolean | null {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [, pattern = "", attributes = ""] = /^\s*("(?:[^"\\]|\\.)*"|\S+)\s+(.*)$/.exec(line) ?? [];
    if (pattern === "" || /^[#!"]/.test(pattern)) return [];
    const word = attributes.split(/\s+/).findLast((each) => /^-?linguist-generated(=|$)/.test(each));
    if (!word) return [];
    return [
      { matches: ignore().add(utf8(pattern)), generated: /^linguist-generated(=true|=1)?$/.test(word) },
    ];
  });
  return (path) => {
    const name = utf8(path);
    if (!ignore.isPathValid(name)) return null;
    return rules.findLast(({ matches }) => matches.ignores(name))?.generated ?? null;
  };
}
