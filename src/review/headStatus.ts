import type { CommitStatus } from "../model/pullReview";
import type { Oid } from "../model/worktree";
import type { Review } from "./review";

/**
 * What may be said on GitHub of a head's review. Success only where that very commit was read as a whole and a person has
 * answered everything; what nobody knows is pending.
 */
export function headStatus({ head, runs, counts }: Review): CommitStatus {
  const read = runs.filter(({ headOid, remarks }) => headOid === head.oid && remarks !== true);
  if (counts.open > 0) return { state: "pending", description: progress(counts) };
  if (counts.accepted > 0) {
    const what =
      counts.accepted === 1 ? "One accepted finding is" : `${counts.accepted} accepted findings are`;
    return { state: "failure", description: `${what} to be fixed` };
  }
  if (read.length === 0) return { state: "pending", description: notRead(head.oid, runs) };
  if (counts.total === 0 && read.some(({ verdict }) => verdict === "changes"))
    return { state: "pending", description: "The reviewer wants changes, but names none" };
  return {
    state: "success",
    description: counts.total === 0 ? "Reviewed, no findings" : `${progress(counts)}, nothing is left to fix`,
  };
}

function progress({ decided, total }: Review["counts"]): string {
  return `${decided} of ${total} decided`;
}

function notRead(head: Oid, runs: Review["runs"]): string {
  const earlier = runs.filter(({ headOid, remarks }) => headOid !== head && remarks !== true).at(-1);
  if (earlier) return `Not reviewed since ${earlier.headOid.slice(0, 12)}`;
  return runs.length > 0 ? "Not reviewed as a whole" : "Not reviewed";
}
