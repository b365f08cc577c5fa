import { utf8 } from "../../git/quoted";
import type { Case } from "../case";

const takesAway = /\b(?:remov|drop|delet|replac|retir|revert|undo|clean(?:s|ed|ing)? up|get(?:s|ting)? rid)/i;

/**
 * Whether a commit that touches the file says in its subject that it takes away what the file is named after ("replace the
 * Taskfile by a script"). Weaker than a declaration: it turns a likely loss into a question, and a question into nothing.
 */
export function evident(facts: Case, path: string): string | null {
  const file = utf8(path).split("/").at(-1) ?? "";
  const stem = file.replace(/\..*$/, "").toLowerCase();
  if (stem.length < 5 || everyday.has(stem)) return null;
  const found = facts.own.find(
    ({ subject, touched }) =>
      takesAway.test(subject) &&
      touched.some((one) => one.path === path) &&
      subject
        .toLowerCase()
        .match(/[\p{L}\p{N}_-]+/gu)
        ?.some((word) => word === stem),
  );
  return found ? `A commit of the branch takes it away by name: ${found.subject}` : null;
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
