import { done, type Outcome, refused } from "../model/outcome";
import { writeAtomic } from "../store/atomic";
import { placeInside } from "../worktrees/inside";
import { readRepoFile } from "../worktrees/repoFile";
import type { FileStep } from "./planFiles";

/**
 * Writes the files of a plan that are new or to be brought up to date. Refused as `changed-meanwhile` before anything is
 * written, where one of them is not as it was shown, and as `no-place`.
 */
export async function applyFiles(
  top: string,
  steps: readonly FileStep[],
): Promise<Outcome<readonly string[]>> {
  const due = steps.filter(({ state }) => state === "new" || state === "update");
  const places: string[] = [];
  for (const { path, before } of due) {
    const place = await placeInside(top, path);
    if (place === null)
      return refused("no-place", `${path} leads out of the worktree.`, "Nothing was written.");
    const { text, skipped } = await readRepoFile(top, path);
    if (text !== before || skipped !== null)
      return refused(
        "changed-meanwhile",
        `${path} was changed meanwhile.`,
        "Nothing was written. Look again.",
      );
    places.push(place);
  }
  for (const [i, { after }] of due.entries()) await writeAtomic(places[i] ?? "", after);
  return done(due.map(({ path }) => path));
}
