import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { borrowCheckout } from "../../git/borrow";
import type { Repo } from "../../git/repo";
import { type Outcome, refused } from "../../model/outcome";
import type { Oid } from "../../model/worktree";
import { begin, finish } from "../../store/pending";
import { makeTemporaryFolder } from "../../store/temporaryFolder";
import type { Desk } from "../reviewers/reviewer";

/** The operation under which reviews are noted while they run; whoever finds it abandoned removes `folder`. */
export const reviewOp = "review";

// Gemini takes these for its own instructions wherever it reads, and nothing turns that off.
const obeyed = ["[Gg][Ee][Mm][Ii][Nn][Ii].[Mm][Dd]"];

/**
 * Makes a clean checkout of a commit, hands it to `action` and removes it, whatever happens. Refused as `no-checkout`, or
 * as `action` refuses.
 */
export async function withDesk<T>(
  repo: Repo,
  commit: Oid,
  signal: AbortSignal | undefined,
  action: (desk: Desk) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const folder = await makeTemporaryFolder();
  const { id } = await begin(repo.commonDir, reviewOp, { folder });
  try {
    const desk = { operation: id, checkout: path.join(folder, "checkout"), seat: path.join(folder, "seat") };
    await mkdir(desk.seat);
    const made = await borrowCheckout(repo, commit, desk.checkout, obeyed, signal ? { signal } : {});
    if (signal?.aborted)
      return refused("cancelled", "The review was cancelled.", "It counts as not reviewed.");
    if (made.exitCode !== 0)
      return refused(
        "no-checkout",
        `${commit.slice(0, 8)} cannot be checked out: ${made.stderr.trim().split("\n").at(-1)}.`,
        "It counts as not reviewed. Nothing was left behind.",
      );
    return await action(desk);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await finish(repo.commonDir, id);
  }
}
