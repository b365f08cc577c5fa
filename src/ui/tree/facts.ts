import type { Dirt, LandedHow, Worktree } from "../../model/worktree";
import type { Translate } from "../translate";
import { age } from "./age";
import { type Scene, shortRef } from "./row";

/** The facts about a worktree, each in a few words; null where there is nothing worth a word. */

export function changes(dirt: Dirt, t: Translate): string | null {
  const tracked = dirt.staged + dirt.changed;
  const parts = [
    dirt.conflicted > 0 && t("{0} in conflict", dirt.conflicted),
    tracked > 0 && t("{0} changed", tracked),
    dirt.untracked > 0 && t("{0} new", dirt.untracked),
  ].filter((part) => typeof part === "string");
  return parts.length > 0 ? parts.join(", ") : null;
}

/** "↑3 ↓12": commits that the target does not have, and the other way round. */
export function distance({ ahead, behind }: Worktree): string | null {
  const parts = [ahead ? `↑${ahead}` : "", behind ? `↓${behind}` : ""].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(" ") : null;
}

/** The same for a screen reader and for a row of its own. */
export function distanceInWords(
  { ahead, behind }: Worktree,
  { target, t }: Pick<Scene, "target" | "t">,
): string {
  if (!target) return t("no branch to compare with");
  const ref = shortRef(target.ref);
  if (ahead === null || behind === null) return t("distance from {0} not known", ref);
  if (ahead === 0 && behind === 0) return t("level with {0}", ref);
  if (behind === 0) return t("{0} ahead of {1}", ahead, ref);
  if (ahead === 0) return t("{0} behind {1}", behind, ref);
  return t("{0} ahead of {2}, {1} behind", ahead, behind, ref);
}

export function howLanded(how: LandedHow, t: Translate): string {
  const words: Readonly<Record<LandedHow, string>> = {
    ancestor: t("merged"),
    squash: t("squash-merged"),
    rebase: t("rebase-merged"),
    "pull-request": t("merged by pull request"),
    contained: t("merged, piece by piece"),
  };
  return words[how];
}

export function setupInWords(state: NonNullable<Worktree["setup"]>["state"], t: Translate): string {
  if (state === "passed") return t("set up");
  return state === "failed" ? t("setup failed") : t("setup was stopped");
}

/** "base 2 h old": how long ago the commit that the work started from was fetched. */
export function baseAge({ base }: Worktree, { now, t }: Pick<Scene, "now" | "t">): string | null {
  if (base === null) return null;
  if (base.fetchedAt === null) return t("base never fetched");
  return now - Date.parse(base.fetchedAt) < 60_000
    ? t("fresh base")
    : t("base {0} old", age(base.fetchedAt, now, t));
}
