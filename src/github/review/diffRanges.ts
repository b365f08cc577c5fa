import { done, type Outcome } from "../../model/outcome";
import type { Slug } from "../../model/pull";
import type { GitHub } from "../client";
import { faultOf } from "../fault";

/** The lines of one file that a remark can stand at, 1-based and inclusive, one range for each hunk. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** By path: where GitHub takes remarks on a pull request. A file that it shows no diff of is not among them. */
export async function askDiffRanges(
  client: GitHub,
  slug: Slug,
  number: number,
): Promise<Outcome<ReadonlyMap<string, Ranges>>> {
  try {
    const files = await client.paginate(client.rest.pulls.listFiles, {
      owner: slug.owner,
      repo: slug.name,
      pull_number: number,
      per_page: 100,
    });
    return done(new Map(files.map(({ filename, patch }) => [filename, hunkRanges(patch ?? "")])));
  } catch (error) {
    return { ok: false, refusal: faultOf(error, slug.host, true).refusal };
  }
}

/**
 * Where a patch's hunks are in the new file. Lines of the file itself begin with a blank, `+`, `-` or `\`:
 *
 *     @@ -1,4 +1,6 @@ function total(cart) {
 *     @@ -9 +11,0 @@
 */
export function hunkRanges(patch: string): Ranges {
  return [...patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].flatMap(
    ([, start = "", length = "1"]) => {
      const from = Number(start);
      return length === "0" ? [] : [[from, from + Number(length) - 1] as const];
    },
  );
}
