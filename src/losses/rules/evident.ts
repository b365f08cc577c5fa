import { utf8 } from "../../git/quoted";
import type { Case, KnownLanding } from "../case";
import type { GoneLine } from "../gone";
import { telling } from "../text";
import { sentences, takesAway } from "./message";

/**
 * Whether a commit that touches the file says that it takes away what the file is named after ("replace the Taskfile by a
 * script"), or by a name that is no everyday word what the landing is about ("drop cache-apt-pkgs-action") or what most of
 * the lines are about ("drop `is_yanked`"). Bodies speak of much, so in them the name has to follow the verb. Weaker than a
 * declaration: it turns a likely loss into a question, and a question into nothing.
 */
export function evident(
  facts: Case,
  path: string,
  landings: readonly KnownLanding[],
  lines: readonly GoneLine[],
): string | null {
  const file = utf8(path).split("/").at(-1)?.toLowerCase() ?? "";
  const stem = file.replace(/\..*$/, "");
  const names = new Set(isName(file) ? [file] : []);
  for (const { subject } of landings) for (const word of words(subject)) if (isName(word)) names.add(word);
  const texts = lines.filter((line) => line.weight >= telling).map(({ text }) => text.toLowerCase());
  const isIn = (name: string) =>
    texts.length > 0 && texts.filter((text) => text.includes(name)).length >= texts.length / 2;
  const isMeant = (word: string) => names.has(word) || (isName(word) && isIn(word));
  for (const commit of facts.own) {
    if (!commit.touched.some((one) => one.path === path)) continue;
    const { subject } = commit;
    const inSubject = takesAway(subject)
      ? words(subject).some((word) => (word === stem && isTelling(stem)) || isMeant(word))
      : false;
    const found = inSubject ? subject : sentences(commit).find((said) => objectsOf(said).some(isMeant));
    if (found) return `A commit of the branch takes it away by name: ${found.trim()}`;
  }
  return null;
}

/** The words right behind each verb of taking away. */
function objectsOf(sentence: string): string[] {
  const all = words(sentence);
  return all.flatMap((word, i) => (takesAway(word) ? all.slice(i + 1, i + 4) : []));
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_.-]*[\p{L}\p{N}]/gu) ?? [];
}

/** Made of several words, as packages, options and functions are. */
function isName(word: string): boolean {
  return word.length >= 8 && /\p{L}[_.-]\p{L}/u.test(word);
}

function isTelling(stem: string): boolean {
  return stem.length >= 5 && !everyday.has(stem);
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
