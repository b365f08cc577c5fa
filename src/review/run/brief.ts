import { readChangeText } from "../../git/changeText";
import { readFilesAt } from "../../git/filesAt";
import type { Repo } from "../../git/repo";
import type { CheckDocument } from "../../model/check";
import { done, type Outcome, refused } from "../../model/outcome";
import type { Brief } from "../prompt/compose";
import { lossesText } from "../prompt/lossesText";
import { readReview } from "../review";

/** What a repo replaces our instructions with. */
export const instructionsPath = ".agent-foreman/review.md";
const conventionPaths = [
  "AGENTS.md",
  "CLAUDE.md",
  "GEMINI.md",
  ".github/copilot-instructions.md",
  "CONTRIBUTING.md",
];

// More context made every model that was measured find less.
const mostDiff = 200_000;
const mostConventions = 20_000;
const mostDecided = 50;

export const doneItems = `docs: what a user or developer reads tells what is new, and nothing that is untrue now
conventions: AGENTS.md or its like still says what is true after the change
changelog: an entry where a user sees the change, or a commit title that says so
ticket: every criterion of the ticket that is named is met
debt: no debugging output, no TODO without a ticket, nothing that is left unused
tests: what is new or mended has a test that fails without it`;

/**
 * Gathers what a reviewer is told of a change. Instructions and conventions are those of the target, so that no change
 * writes the rules that it is judged by. Refused as `no-merge-base` or `nothing-to-review`.
 */
export async function gatherBrief(
  repo: Repo,
  check: CheckDocument,
  task: string | null,
): Promise<Outcome<Brief>> {
  const { head, base, mergeBase } = check;
  if (mergeBase === null)
    return refused(
      "no-merge-base",
      `${head.ref} and ${base.ref} have no commit in common, so there is no change to review.`,
      "Name another base with --base.",
    );
  if (mergeBase === head.oid)
    return refused(
      "nothing-to-review",
      `${head.ref} has nothing that ${base.ref} has not.`,
      "Commit the work first, or name another head.",
    );
  const [change, texts, review] = await Promise.all([
    readChangeText(repo, mergeBase, head.oid, mostDiff),
    readFilesAt(repo, base.oid, [instructionsPath, ...conventionPaths]),
    readReview(repo, head.ref),
  ]);
  const conventions = conventionPaths.find((path) => texts.get(path) != null);
  const overruled = review.ok ? review.value.findings.filter(({ status }) => status === "overruled") : [];
  return done({
    instructions: texts.get(instructionsPath) ?? null,
    head: head.oid,
    mergeBase,
    task,
    losses: lossesText(check),
    conventions: conventions
      ? { path: conventions, text: (texts.get(conventions) ?? "").slice(0, mostConventions) }
      : null,
    done: doneItems,
    decided: overruled
      .slice(0, mostDecided)
      .map(({ path, title, decision }) => ({ path, title, reason: decision?.reason ?? "" })),
    diff: change.text,
    diffIsWhole: change.whole,
  });
}
