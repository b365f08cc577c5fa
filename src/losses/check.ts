import { isShallow } from "../git/commits";
import type { Repo } from "../git/repo";
import type { CheckDocument } from "../model/check";
import { done, type Outcome, refused } from "../model/outcome";
import { toDocument } from "./document";
import { examine } from "./examine";
import { type CheckRequest, type Prepared, prepare } from "./prepare";

/**
 * Would landing head on base lose work that base has?
 * Refused as `unknown-ref`, `no-base`, `no-worktree`, `shallow` or `no-merge-base`.
 */
export async function check(
  repo: Repo,
  request: CheckRequest = {},
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  const prepared = await prepare(repo, request, signal);
  return prepared.ok ? answer(repo, prepared.value, signal) : prepared;
}

/** The same for names that were looked up. Refused as `shallow` or `no-merge-base`. */
export async function answer(
  repo: Repo,
  { question, names }: Prepared,
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
