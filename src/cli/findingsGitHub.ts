import { pullOfBranch } from "../fleet/pullOfBranch";
import { done, type Outcome, refused } from "../model/outcome";
import { type Published, publishReview } from "../review/publish/publish";
import { type TakenRemarks, takeRemarks } from "../review/remarks/take";
import type { Review } from "../review/review";
import type { Context } from "./command";
import { count, printable } from "./words";

/** Takes in what reviewers say on the pull request. */
export async function takeFromPull(context: Context, review: Review): Promise<Outcome<TakenRemarks>> {
  const pull = await pullOf(context, review);
  return pull.ok ? takeRemarks(context.repo, { ...pull.value, ref: review.head.ref }) : pull;
}

export function takenText({ runs, resolved, known }: TakenRemarks): string {
  const taken = runs.map((run) => `${count(run.findings, "finding")} of ${printable(run.reviewer)}`);
  const passed = [
    ...(known > 0 ? [`${known} known already`] : []),
    ...(resolved > 0 ? [`${resolved} resolved on GitHub, passed over`] : []),
  ];
  return `${taken.length > 0 ? taken.join(", ") : "Nothing new"}${passed.length > 0 ? ` (${passed.join(", ")})` : ""}.`;
}

export async function publish(context: Context, review: Review): Promise<Outcome<Published>> {
  const pull = await pullOf(context, review);
  return pull.ok ? publishReview(context.repo, { ...pull.value, ref: review.head.ref }) : pull;
}

export function publishedText({ pull, url, review, remarks, inSummary, status }: Published): string {
  const verbs = {
    added: "Published to",
    updated: "Brought up to date on",
    unchanged: "Already said on",
    none: "Nothing to say yet on",
  } as const;
  const accepted = remarks + inSummary;
  const what = accepted > 0 ? `: ${remarks} at a line, ${inSummary} in the summary` : "";
  return `${verbs[review]} #${pull}${what}. Status: ${status.state}, ${printable(status.description)}.\n${printable(url)}\n`;
}

async function pullOf({ repo, values }: Context, { head }: Review) {
  const number = numberOf(values.pull);
  if (!number.ok) return number;
  const { gitHubFromEnvironment } = await import("../github/client");
  return pullOfBranch(repo, head.branch, number.value, (slug) => gitHubFromEnvironment(slug, process.env));
}

/** Null: none was named. */
function numberOf(value: Context["values"][string]): Outcome<number | null> {
  if (value === undefined) return done(null);
  const number = /^#?(\d{1,9})$/.exec(String(value))?.[1];
  return number === undefined
    ? refused("bad-arguments", `"${value}" is no number of a pull request.`, "For example: --pull 12")
    : done(Number(number));
}
