import { isShallow } from "../git/commits";
import type { Repo } from "../git/repo";
import type { CheckDocument, CheckNote } from "../model/check";
import { done, type Outcome, refused } from "../model/outcome";
import { toDocument } from "./document";
import { examine } from "./examine";
import { type CheckRequest, type Prepared, withPrepared } from "./prepare";

/**
 * Would landing head on base lose work that base has?
 * Refused as `unknown-ref`, `no-base`, `no-worktree`, `shallow` or `no-merge-base`.
 */
export async function check(
  repo: Repo,
  request: CheckRequest = {},
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  return withPrepared(repo, request, signal, async (prepared) => {
    const found = await answer(repo, prepared, signal);
    return found.ok ? done(named(found.value, prepared)) : found;
  });
}

/** The same for names that were looked up. Refused as `shallow` or `no-merge-base`. */
export async function answer(
  repo: Repo,
  { question, names }: Pick<Prepared, "question" | "names">,
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  const examined = await examine(repo, question, signal);
  if (examined) return done(await toDocument(repo, examined, names, signal));
  if (await isShallow(repo)) {
    return refused(
      "shallow",
      "The history here is cut off before the two meet, so nothing can be said.",
      "Fetch the rest: git fetch --unshallow",
    );
  }
  return refused(
    "no-merge-base",
    `${names.base} and ${names.head.ref} have no common history, so a merge has nothing to go by.`,
    "Check the names. Nothing was changed.",
  );
}

/** An answer, which follows from commits alone, with the names under which it was asked for. */
export function named(document: CheckDocument, { names, onDisk }: Prepared): CheckDocument {
  return {
    ...document,
    base: { ...document.base, ref: names.base },
    head: names.head,
    worktree: onDisk !== null,
    notes: [...document.notes, ...leftOut(onDisk?.leftOut ?? 0)],
  };
}

function leftOut(files: number): CheckNote[] {
  if (files === 0) return [];
  const detail = `${files} new ${files === 1 ? "file was" : "files were"} not looked at (too many, too large, or not to be read): what was moved there looks deleted.`;
  return [{ code: "bounded", path: null, detail }];
}
