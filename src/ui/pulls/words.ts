import type { PullFact, PullRequest } from "../../model/pull";
import type { Translate } from "../translate";
import { age } from "../tree/age";
import type { Icon } from "../tree/row";

/** What stands out about a pull request, in the order in which a person would want to know. */
export function pullState(pull: PullRequest, t: Translate): string[] {
  if (pull.state !== "open") return [pull.state === "merged" ? t("merged") : t("closed")];
  return [
    pull.draft && t("draft"),
    checksInShort(pull, t),
    pull.mergeable === "conflict" && t("in conflict with {0}", pull.base.branch),
    pull.review === "changes-requested" && t("changes requested"),
    pull.review === "approved" && t("approved"),
    pull.autoMerge !== null && t("merges by itself"),
  ].filter((part) => typeof part === "string");
}

/** "#12 checks failed": a worktree's pull request in its row; null where there is none to speak of. */
export function pullInShort(fact: PullFact | null, now: number, t: Translate): string | null {
  if (!fact?.pull) return null;
  const { pull, asOf, outlived } = fact;
  const [first] = outlived ? [t("merged before the last commits")] : pullState(pull, t);
  const words = [`#${pull.number}`, first].filter((part) => part !== undefined).join(" ");
  return asOf === null ? words : `${words}, ${remembered(asOf, now, t)}`;
}

/** Of what no answer confirmed since then. */
export function remembered(asOf: string, now: number, t: Translate): string {
  return now - Date.parse(asOf) < 60_000
    ? t("as it was just now")
    : t("as it was {0} ago", age(asOf, now, t));
}

/** The same in full, for a row of its own and for a screen reader; also where there is none. */
export function pullInWords(fact: PullFact, now: number, t: Translate): string {
  const { pull, asOf, outlived } = fact;
  if (!pull) return t("none");
  const parts = [`#${pull.number} ${pull.title}`, ...pullState(pull, t)];
  if (outlived) parts.push(t("what is pushed to its branch now reaches nobody"));
  if (asOf !== null) parts.push(remembered(asOf, now, t));
  return parts.join(" · ");
}

function checksInShort({ checks }: PullRequest, t: Translate): string | null {
  switch (checks.state) {
    case "failed":
      return checks.failed.length > 0 && checks.failed.length <= 2
        ? t("failed: {0}", checks.failed.join(", "))
        : t("checks failed");
    case "pending":
      return t("checks running");
    case "passed":
      return t("checks passed");
    case "unknown":
      return t("checks not known");
    case "none":
      return null;
  }
}

export function pullIcon({ state, draft, checks, mergeable, review }: PullRequest): Icon {
  if (state === "merged") return { id: "git-merge", color: "charts.purple" };
  if (state === "closed") return { id: "git-pull-request-closed", color: "list.errorForeground" };
  if (checks.state === "failed") return { id: "error", color: "list.errorForeground" };
  if (mergeable === "conflict") return { id: "warning", color: "list.errorForeground" };
  if (review === "changes-requested") return { id: "request-changes", color: "list.warningForeground" };
  if (draft) return { id: "git-pull-request-draft", color: "disabledForeground" };
  if (checks.state === "pending") return { id: "sync", color: "charts.yellow" };
  if (checks.state === "passed") return { id: "pass", color: "charts.green" };
  return { id: "git-pull-request" };
}

/** What can be done with it; menus match `/;armable;/`. */
export function pullCapabilities(pull: PullRequest): string[] {
  const open = pull.state === "open";
  return [
    "pull",
    open && !pull.draft && pull.autoMerge === null && "armable",
    open && pull.autoMerge !== null && "armed",
    open && pull.draft && "draft",
    open && pull.mergeState === "behind" && "behind",
    open && pull.checks.runs.length > 0 && "rerunnable",
  ].filter((each) => typeof each === "string");
}
