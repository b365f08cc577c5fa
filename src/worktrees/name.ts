import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";

const maxChars = 50;
const maxBytes = 100;
const maxWords = 6;

// Windows cannot have files of these names, whatever their ending.
const reserved = /^(con|prn|aux|nul|com\d|lpt\d|conin|conout|clock)$/;

/**
 * A name or a task sentence as one part of a path and of a branch name: letters and digits of any script in lower
 * case, joined by dashes, the first six words, at most 50 characters and 100 bytes.
 * Refused as `bad-name` when nothing of it can be used.
 */
export function slugOf(name: string): Outcome<string> {
  const words = name
    .normalize("NFC")
    .replaceAll(/(?<=\p{L})['’](?=\p{L})/gu, "")
    .toLowerCase()
    .normalize("NFC")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    // A mark needs a letter before it to stand on.
    .map((word) => word.replace(/^\p{M}+/u, ""))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, maxWords);
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? cut(word) : `${slug}-${word}`;
    if (!fits(longer)) break;
    slug = longer;
  }
  if (slug === "") {
    const shown = name.trim() === "" ? "An empty name" : `The name ${quoted(name)}`;
    return refused(
      "bad-name",
      `${shown} has no letter or digit to make a branch and a folder of.`,
      "Give a short name or a task, for example: csv export. Nothing was made.",
    );
  }
  return done(reserved.test(slug) ? `${slug}-work` : slug);
}

function fits(text: string): boolean {
  return text.length <= maxChars && Buffer.byteLength(text) <= maxBytes;
}

function cut(word: string): string {
  let kept = "";
  for (const letter of word) {
    if (!fits(kept + letter)) break;
    kept += letter;
  }
  return kept;
}

/** Text from outside, fit for one line of a message. */
export function quoted(text: string): string {
  const line = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return `‘${line.slice(1, -1).replaceAll('\\"', '"')}’`;
}

/** The folder that holds a repo's worktrees unless told otherwise: a sibling, so that no editor watches it. */
export function defaultContainer(repo: { readonly dir: string; readonly bare: boolean }): string {
  const name = path.basename(repo.dir);
  // A bare repo is `x.git`, or the `.git` folder of a project that has worktrees only.
  if (repo.bare && name === ".git") return `${path.dirname(repo.dir)}.worktrees`;
  return path.join(
    path.dirname(repo.dir),
    `${repo.bare ? name.replace(/\.git$/, "") || "repo" : name}.worktrees`,
  );
}

export interface NameRequest {
  /** A name or a task sentence; may be empty where `branch` is given. */
  readonly name: string;
  readonly branch?: string;
  readonly path?: string;
  /** Put before the slug to make the branch's name. */
  readonly branchPrefix?: string;
  /** The folder to put it in; relative ones start at the repo. */
  readonly container?: string;
}

export interface Names {
  readonly slug: string;
  readonly branch: string;
  /** Absolute. */
  readonly path: string;
  /** The branch's name is not wholly our own making, so git must be asked whether it is one. */
  readonly branchToCheck: boolean;
}

/** Refused as `bad-name`, `bad-branch` or `bad-path`. */
export function chooseNames(
  repo: { readonly dir: string; readonly bare: boolean; readonly commonDir: string },
  request: NameRequest,
): Outcome<Names> {
  const lastOfBranch = request.branch?.split("/").at(-1) ?? "";
  const slug = slugOf(request.name.trim() === "" && lastOfBranch !== "" ? lastOfBranch : request.name);
  if (!slug.ok) return slug;
  const branch = request.branch ?? `${request.branchPrefix ?? "agent/"}${slug.value}`;
  const fault = branchFault(branch);
  if (fault !== null) return badBranch(branch, fault);
  const where = choosePath(repo, request, slug.value);
  if (!where.ok) return where;
  return done({
    slug: slug.value,
    branch,
    path: where.value,
    branchToCheck: request.branch !== undefined || request.branchPrefix !== undefined,
  });
}

function choosePath(
  repo: { readonly dir: string; readonly bare: boolean; readonly commonDir: string },
  request: NameRequest,
  slug: string,
): Outcome<string> {
  const container =
    request.container === undefined ? defaultContainer(repo) : path.resolve(repo.dir, request.container);
  const chosen =
    request.path === undefined ? path.join(container, slug) : path.resolve(repo.dir, request.path);
  const given = request.path ?? request.container ?? "";
  if (/\p{Cc}/u.test(chosen))
    return badPath(given, "it contains a control character, which breaks git's own lists");
  if (request.path?.trim() === "") return badPath(given, "it is empty");
  if (within(chosen, repo.commonDir)) return badPath(given, "it is inside git's own folder");
  if (within(repo.dir, chosen)) return badPath(given, "it is the repo itself, or a folder around it");
  return done(chosen);
}

/** Whether `inner` is `outer` or below it. */
export function within(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way === "" || (way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}

function badPath(given: string, fault: string): Outcome<never> {
  return refused(
    "bad-path",
    `A worktree cannot be put at ${quoted(given)}: ${fault}.`,
    "Choose another folder. Nothing was made.",
  );
}

/** What is wrong with a branch's name that git itself would let pass, or could not even be asked. */
function branchFault(branch: string): string | null {
  if (/\p{Cc}/u.test(branch)) return "it contains a control character";
  if (Buffer.byteLength(branch) > 200) return "it is longer than 200 bytes";
  if (/^(HEAD|@|FETCH_HEAD|ORIG_HEAD|MERGE_HEAD)$/i.test(branch)) return "git uses that name itself";
  if (branch.startsWith("refs/")) return "it would be mistaken for the full name of a ref";
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(branch)) return "it would be mistaken for a commit";
  return null;
}

export function badBranch(branch: string, fault: string): Outcome<never> {
  return refused(
    "bad-branch",
    `${quoted(branch)} cannot be a branch: ${fault}.`,
    "Use letters, digits, dashes and single slashes, for example: agent/csv-export. Nothing was made.",
  );
}

/** The first of `slug-2`, `slug-3` … that is free. */
export function freeSlug(slug: string, taken: (slug: string) => boolean): string {
  for (let n = 2; ; n++) {
    const suffix = `-${n}`;
    const proposed = `${[...slug].slice(0, maxChars - suffix.length).join("")}${suffix}`;
    if (!taken(proposed)) return proposed;
  }
}
