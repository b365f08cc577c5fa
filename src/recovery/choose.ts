import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";

/** What a person said about single commits. */
export interface Choices {
  readonly take: ReadonlySet<Oid>;
  readonly leave: ReadonlySet<Oid>;
}

/** Finds the commits of a branch that a person named by (the beginnings of) their ids. Refused as `unknown-commit`. */
export function choose(
  oids: readonly Oid[],
  take: readonly string[],
  leave: readonly string[],
): Outcome<Choices> {
  const chosen = { take: new Set<Oid>(), leave: new Set<Oid>() };
  for (const [words, into] of [
    [take, chosen.take],
    [leave, chosen.leave],
  ] as const) {
    for (const word of words) {
      const [found, ...others] =
        word.length < 4 ? [] : oids.filter((oid) => oid.startsWith(word.toLowerCase()));
      if (found === undefined || others.length > 0) return unknown(word, others.length > 0);
      into.add(found);
    }
  }
  const both = [...chosen.take].find((oid) => chosen.leave.has(oid));
  return both === undefined ? done(chosen) : unknown(both, true);
}

function unknown(word: string, several: boolean): Outcome<never> {
  return refused(
    "unknown-commit",
    several
      ? `${word} is not one commit of the branch to take or to leave.`
      : `The branch has no commit ${word} to take or to leave.`,
    "The plan (--dry-run) lists its commits with their ids. Nothing was changed.",
  );
}
