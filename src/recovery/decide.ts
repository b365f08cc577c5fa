import type { CommitLanding } from "../landing/plan";
import type { RecoveryFate } from "../model/recovery";
import type { Oid } from "../model/worktree";
import type { Choices } from "./choose";

/** What is to become of a commit as far as its history tells; whether it applies is seen when it is picked. */
export interface Decided {
  readonly oid: Oid;
  readonly subject: string;
  readonly fate: Exclude<RecoveryFate, "conflict">;
  readonly reason: string;
  readonly landedAs: Oid | null;
}

/** `titleOf` gives a landing's title where it is known. */
export function decide(
  { oid, subject, fate, landedAs, proof }: CommitLanding,
  onto: string,
  { take, leave }: Choices,
  titleOf: (landing: Oid) => string | undefined,
): Decided {
  const decided = (to: Decided["fate"], reason: string): Decided => ({
    oid,
    subject,
    fate: to,
    reason,
    landedAs,
  });
  if (leave.has(oid)) return decided("drop", "Left out, as you said.");
  if (fate === "empty") return decided("drop", "It changes nothing.");
  if (fate === "open") return decided("pick", `${onto} does not have it.`);
  const title = landedAs === null ? undefined : titleOf(landedAs);
  const landing = landedAs === null ? "a commit" : `${landedAs.slice(0, 9)}${title ? ` “${title}”` : ""}`;
  if (fate === "reverted") {
    return take.has(oid)
      ? decided("pick", `It landed with ${landing} and was taken back since; taken again, as you said.`)
      : decided(
          "ask",
          `It landed with ${landing}, and ${onto} took it back since. Left out unless you take it.`,
        );
  }
  if (take.has(oid)) return decided("pick", `It landed with ${landing}; taken again, as you said.`);
  return decided("drop", proofs[proof ?? "absorbed"](landing));
}

const proofs: Readonly<Record<NonNullable<CommitLanding["proof"]>, (landing: string) => string>> = {
  ancestor: (landing) => `It landed with ${landing}, which has the commit itself.`,
  replayed: (landing) =>
    `It landed with ${landing}: done again on the commit before that one, it gives exactly that one.`,
  absorbed: (landing) => `It landed with ${landing}: doing it again there changes nothing.`,
  "pull-request": (landing) => `It landed with ${landing}, by a merged pull request that had it.`,
  contained: (landing) =>
    `It probably landed with ${landing}: all its lines stand there in their places, among other changes.`,
};
