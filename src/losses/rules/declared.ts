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
    const named = namedLandings(facts, commit);
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

/** The landings that a commit names by id, by pull request, or, where it reverts one, by its quoted subject. */
export function namedLandings(facts: Case, commit: OwnCommit): KnownLanding[] {
  const said = `${commit.subject}\n${commit.body}`;
  const quoted = /^Revert "(.*)"/.exec(commit.subject)?.[1];
  const oids = [...said.matchAll(/\b[0-9a-f]{7,64}\b/g)].map(([oid]) => oid);
  const numbers = [...said.matchAll(/#(\d+)/g)].map(([, number]) => Number(number));
  return [...facts.landings.values()].filter((landing) => {
    const pr = pullRequest(landing.subject);
    return (
      oids.some(
        (oid) =>
          landing.oid.startsWith(oid) || landing.parents.slice(1).some((parent) => parent.startsWith(oid)),
      ) ||
      (quoted !== undefined && quoted === landing.subject) ||
      (pr !== null && numbers.includes(pr))
    );
  });
}
