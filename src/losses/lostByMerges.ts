import { type CheckDocument, type Deletion, uncommitted } from "../model/check";

/** Whether a merge on the branch threw it away, so that the branch's own commits are fine and can be taken elsewhere. */
export function isLostByMerge({ evidence, removedBy }: Deletion): boolean {
  // A merge that is not committed yet is better given up.
  return evidence.some(({ code }) => code === "dropped-in-merge") && removedBy?.subject !== uncommitted;
}

/** The same of all that would be lost: then one recovery is better than many restores. */
export function isLostByMerges({ losses }: Pick<CheckDocument, "losses">): boolean {
  return losses.length > 0 && losses.every(isLostByMerge);
}
