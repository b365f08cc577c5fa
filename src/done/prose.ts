import path from "node:path/posix";

/** What a Markdown line links to, without what is in code; `[text](target "title")` and `[name]: target`. */
export function linkTargets(line: string): string[] {
  const words = line.replace(/(`+)[^`]*\1/g, "");
  const inline = [...words.matchAll(/\]\(\s*<?([^)\s>]+)/g)].map((hit) => hit[1] ?? "");
  const named = /^\s{0,3}\[[^\]]+\]:\s*<?([^\s>]+)/.exec(words)?.[1];
  return named === undefined ? inline : [...inline, named];
}

/** The repo's path that a link in `file` leads to; null where it leads elsewhere: to a site, to a place in the page. */
export function linkedPath(file: string, target: string): string | null {
  const [bare = ""] = target.split(/[?#]/);
  // What begins with a slash is a page of a site, whose root is not known here.
  if (bare === "" || /^([a-z][\w+.-]*:|\/)/i.test(bare)) return null;
  const resolved = path.normalize(path.join(path.dirname(file), decoded(bare)));
  return resolved === ".." || resolved.startsWith("../") ? null : resolved.replace(/\/$/, "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether there is a file or folder of that name, or a page that a site makes of one. */
export function leadsSomewhere(
  target: string,
  paths: ReadonlySet<string>,
  folders: ReadonlySet<string>,
): boolean {
  return (
    target === "." ||
    paths.has(target) ||
    folders.has(target) ||
    [".md", ".mdx", ".rst", ".html"].some((ending) => paths.has(target + ending)) ||
    // Pages that are made: their source has another ending.
    (target.endsWith(".html") && paths.has(target.replace(/html$/, "md")))
  );
}

/** All folders that some paths are in. */
export function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of paths) {
    for (let folder = path.dirname(file); folder !== "."; folder = path.dirname(folder)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** The numbers of the lines that are inside fenced code, fences included. */
export function fencedLines(text: string): Set<number> {
  const fenced = new Set<number>();
  let fence: string | null = null;
  text.split("\n").forEach((line, i) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null || mark !== undefined) fenced.add(i + 1);
    if (mark === undefined) return;
    if (fence === null) fence = mark;
    else if (mark.startsWith(fence)) fence = null;
  });
  return fenced;
}

/** What is in `code spans` of a line. */
export function codeSpans(line: string): string[] {
  return [...line.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map((hit) => (hit[1] ?? "").trim());
}
