import type { OwnCommit } from "../../git/ownCommits";
import { utf8 } from "../../git/quoted";
import { type Case, type KnownLanding, pullRequest } from "../case";

/** `Revert "…"`, and the same behind what people put before their subjects: `fix(csv): revert …`, `[csv] Revert "…"`. */
const revertSubject =
  /^(?:\[[^\]]*\]\s*|[\w./-]+(?:\([^)]*\))?!?:\s*)*(?:Revert "|Reapply "|revert(?:s|ed|ing)?\b)/i;
/** Git's own words for a revert that is taken back: what it removes is what the first one had put in. */
const reapplySubject = /^(?:Revert "Revert "|Reapply ")/;
const trailer = /^Intentional-removal:[ \t]*(\S.*)$/gim;

/**
 * Whether one of the branch's commits says that it takes this away: a revert of the landing (or of something that is not
 * known here), or an `Intentional-removal:` trailer. Gives the sentence to show, or null.
 */
export function declaration(facts: Case, path: string, landings: readonly KnownLanding[]): string | null {
  for (const commit of facts.own) {
    for (const [, what = ""] of `${commit.subject}\n\n${commit.body}`.matchAll(trailer))
      if (covers(facts, commit, path, what.trim())) return `The branch says it is meant: ${what.trim()}`;
    if (!commit.touched.some((touched) => touched.path === path) || !revertSubject.test(commit.subject))
      continue;
    if (reapplySubject.test(commit.subject)) return `The branch says it is meant: ${commit.subject}`;
    const named = revertedLandings(facts, commit);
    if (named.length === 0 || landings.length === 0 || landings.every((landing) => named.includes(landing)))
      return `The branch says it is meant: ${commit.subject}`;
  }
  return null;
}

/** A trailer that names a file or folder speaks of that; any other speaks of what its commit touches. */
function covers(facts: Case, commit: OwnCommit, path: string, what: string): boolean {
  const shown = utf8(path);
  const folder = what.replace(/\/+$/, "");
  const isPath = (name: string) => name === folder || name.startsWith(`${folder}/`);
  if (isPath(shown)) return true;
  if (facts.files.some((file) => isPath(utf8(file.patch.oldPath)))) return false;
  return commit.parents.length > 1 || commit.touched.some((touched) => touched.path === path);
}

/** The landings that a revert names by id, by its quoted subject, or by pull request. */
function revertedLandings(facts: Case, commit: OwnCommit): KnownLanding[] {
  const said = `${commit.subject}\n${commit.body}`;
  const quoted = /^Revert "(.*)"/.exec(commit.subject)?.[1];
  return [...facts.landings.values()].filter(
    (landing) => namesLanding(said, landing) || (quoted !== undefined && quoted === landing.subject),
  );
}

/** `#12`; also `PR 12`, and `reverting 12` with no thing behind it that may be counted. Not another repo's. */
const numbers =
  /(?<![\w/-])(?:#(\d+)|(?<!\w\/\S+ )(?:PR|pull request) #?(\d+)|revert(?:s|ed|ing)? (\d+)[.!]?$)/gim;

/** Whether a text has a landing's id, or its pull request's number that is not another repo's. */
export function namesLanding(said: string, { oid, parents, subject }: KnownLanding): boolean {
  const pr = pullRequest(subject);
  if (
    pr !== null &&
    [...said.matchAll(numbers)].some((found) => found.slice(1).some((number) => Number(number) === pr))
  )
    return true;
  const ids = [...said.matchAll(/\b[0-9a-f]{7,64}\b/g)].map(([id]) => id);
  return ids.some((id) => oid.startsWith(id) || parents.slice(1).some((parent) => parent.startsWith(id)));
}
