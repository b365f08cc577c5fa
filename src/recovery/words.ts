import type { RecoveryCommit } from "../model/recovery";
import type { Oid } from "../model/worktree";
import type { Decided } from "./decide";
import type { Settled } from "./note";
import type { Picked } from "./replay";
import type { Tried } from "./tryOut";

/** What becomes of a commit, now that it was tried out. */
export function fateOf(
  decided: Decided,
  picked: Picked | undefined,
  { together, moot }: Pick<Tried, "together" | "moot">,
  onto: string,
): Omit<RecoveryCommit, "author"> {
  const as = (fate: RecoveryCommit["fate"], reason: string) => ({ ...decided, fate, reason });
  if (picked === undefined) return decided;
  if (picked.outcome === "empty") return as("drop", nothingLeft(onto));
  if (picked.outcome === "clean")
    return picked.partly ? as("pick", `${onto} has a part of it; the rest comes along.`) : decided;
  if (moot.has(picked.oid)) return as("drop", "The branch's later commits leave nothing of it.");
  if (together?.commits.includes(picked.oid))
    return as("pick", "It comes along in one commit at the end, as a merge on the branch settled it.");
  return as("conflict", doesNotFit(onto, picked.paths));
}

/** What became of a commit that was picked, or was there already, after the recovery had begun. */
export function pickedLater(oid: Oid, outcome: "clean" | "empty", onto: string): Settled {
  return outcome === "empty"
    ? { oid, fate: "drop", reason: nothingLeft(onto) }
    : { oid, fate: "pick", reason: `${onto} does not have it.` };
}

function nothingLeft(onto: string): string {
  return `Nothing of it is left to do: ${onto} has it all.`;
}

/** What a person did about a commit that waited. */
export function settledByHand(oid: Oid, how: "settled" | "skipped"): Settled {
  return how === "settled"
    ? { oid, fate: "pick", reason: "It conflicted, and was settled by hand." }
    : { oid, fate: "drop", reason: "It conflicted, and was left out." };
}

/** Why a commit waits for a person. */
export function doesNotFit(onto: string, paths: readonly string[]): string {
  return `It does not fit what ${onto} has now, in ${listed(paths)}.`;
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(", ");
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more files` : shown;
}

/** What a person should know of the plan as a whole. */
export function notesOn(tried: Tried): string[] {
  const conflicts = tried.picked.some(({ oid, outcome }) => outcome === "conflict" && !isSettled(tried, oid));
  if (tried.together) {
    if (tried.verified) return [];
    return [
      "The last commit holds what merges on the branch settled; nothing else checks it, so look at it.",
    ];
  }
  return [
    ...(tried.left === "nothing" ? [] : [leftBehind[tried.left]]),
    ...(tried.verified || conflicts
      ? []
      : ["A second way of working it out does not confirm the result. Look at it before you push."]),
  ];
}

const leftBehind = {
  text: "A merge on the branch holds text of its own, which does not come along. Compare the two branches.",
  harm: "A merge on the branch drops other people's work. That merge does not come along, only the branch's own commits.",
};

export function isSettled({ together, moot }: Pick<Tried, "together" | "moot">, oid: string): boolean {
  return moot.has(oid) || (together?.commits.includes(oid) ?? false);
}
