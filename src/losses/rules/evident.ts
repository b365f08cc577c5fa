import { utf8 } from "../../git/quoted";
import type { Case, KnownLanding } from "../case";

const takesAway =
  /\b(?:remov|drop|delet|replac|retir|revert|undo|unship|clean(?:s|ed|ing)? up|get(?:s|ting)? rid)/i;

/**
 * Whether a commit that touches the file says in its subject that it takes away what the file is named after ("replace the
 * Taskfile by a script"), or what the landing is about by a name that is no everyday word ("drop cache-apt-pkgs-action").
 * Weaker than a declaration: it turns a likely loss into a question, and a question into nothing.
 */
export function evident(facts: Case, path: string, landings: readonly KnownLanding[]): string | null {
  const file = utf8(path).split("/").at(-1) ?? "";
  const stem = file.replace(/\..*$/, "").toLowerCase();
  const names = new Set(stem.length < 5 || everyday.has(stem) ? [] : [stem]);
  for (const { subject } of landings) for (const word of words(subject)) if (isName(word)) names.add(word);
  const found = facts.own.find(
    ({ subject, touched }) =>
      takesAway.test(subject) &&
      touched.some((one) => one.path === path) &&
      words(subject).some((word) => names.has(word)),
  );
  return found ? `A commit of the branch takes it away by name: ${found.subject}` : null;
}

function words(subject: string): string[] {
  return subject.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_.-]*[\p{L}\p{N}]/gu) ?? [];
}

/** Made of several words, as packages, options and functions are. */
function isName(word: string): boolean {
  return word.length >= 8 && /\p{L}[_.-]\p{L}/u.test(word);
}

/** Names that say nothing: half of all subjects have one of them. */
const everyday = new Set([
  "index",
  "readme",
  "utils",
  "types",
  "tests",
  "config",
  "package",
  "common",
  "helper",
  "helpers",
]);
