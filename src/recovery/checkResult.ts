import type { Repo } from "../git/repo";
import { answer } from "../losses/check";
import type { CheckDocument } from "../model/check";
import type { Oid } from "../model/worktree";

/** What landing the recovered commits would lose of the target's work; null where that cannot be told. */
export async function checkResult(
  repo: Repo,
  onto: { readonly ref: string; readonly oid: Oid },
  head: { readonly ref: string; readonly oid: Oid },
  signal?: AbortSignal,
): Promise<CheckDocument | null> {
  const question = {
    base: onto.oid,
    head: head.oid,
    method: "squash" as const,
    recordedBase: onto.oid,
    earlierHeads: [],
    caughtUp: [],
    resetTo: [],
  };
  const found = await answer(repo, { question, names: { base: onto.ref, head, branch: null } }, signal);
  return found.ok ? found.value : null;
}

/** How many lines of the target's work it would lose, or ask about; without end where that cannot be told. */
export async function lossOf(
  repo: Repo,
  onto: { readonly ref: string; readonly oid: Oid },
  oid: Oid,
  signal?: AbortSignal,
): Promise<number> {
  const check = await checkResult(repo, onto, { ref: oid, oid }, signal);
  if (!check) return Infinity;
  return [...check.losses, ...check.questions].reduce((sum, { lines }) => sum + Math.max(1, lines), 0);
}
