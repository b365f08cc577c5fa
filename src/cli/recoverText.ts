import type { RecoverDocument, RecoveryCommit } from "../model/recovery";
import { count, printable, table } from "./words";

/** A recovery, or the plan of one, for a person. */
export function recoverText(document: RecoverDocument): string {
  const { state, branch, commits, uncommitted, notes, check, verified } = document;
  const parts = [headline(document)];
  if (commits.length > 0 && state !== "aborted") parts.push(table(commits.map(row)));
  if (uncommitted && state !== "aborted") parts.push(files(uncommitted));
  if (check && check.losses.length > 0)
    parts.push(`The result would lose other people's work in ${count(check.losses.length, "place")}.`);
  for (const note of notes) parts.push(printable(note));
  if (commits.some(({ fate }) => fate === "ask") && state === "planned")
    parts.push("To take a commit that was taken back: --take with its id.");
  if (state === "planned" && verified) parts.push("Two independent ways of working it out agree.");
  if (state === "conflict") parts.push(choices(printable(branch)));
  return `${parts.join("\n\n")}\n`;
}

function headline(document: RecoverDocument): string {
  const { state, commits, conflicts, pushed } = document;
  const [from, to, as] = [document.branch, document.onto.ref, document.newBranch].map(printable);
  const worktree = document.worktree === null ? null : printable(document.worktree);
  const coming = commits.filter(({ fate }) => fate === "pick" || fate === "conflict").length;
  const come = coming === 1 && commits.length === 1 ? "comes" : "come";
  switch (state) {
    case "empty":
      return `${from} has no commit of its own that ${to} has not: there is nothing to recover.`;
    case "planned":
      return `${from} → ${as}, on ${to}: ${coming} of ${count(commits.length, "commit")} ${come} along.`;
    case "aborted":
      return `The recovery of ${from} was taken back; ${from} is as it was.`;
    case "conflict":
      return [
        `In ${worktree} a commit waits for you to settle its ${conflicts.length === 1 ? "conflict" : "conflicts"}:`,
        ...conflicts.map((path) => `  ${printable(path)}`),
      ].join("\n");
    case "done":
      if (worktree === null) return `Nothing of ${from} is left to be recovered onto ${to}.`;
      return `${from} is recovered as ${as}, in ${worktree}${pushed ? ", and pushed" : ""}.`;
  }
}

function choices(branch: string): string {
  return [
    "Settle them there, stage the files, and go on:",
    `  agent-foreman recover ${branch} --continue`,
    `or without that commit (--skip), or not at all (--abort). ${branch} itself is not touched.`,
  ].join("\n");
}

function row({ oid, fate, subject, reason }: RecoveryCommit): string[] {
  return [`  ${fate.toUpperCase()}`, oid.slice(0, 9), printable(subject), printable(reason)];
}

function files({ files: n, fate }: NonNullable<RecoverDocument["uncommitted"]>): string {
  const what = count(n, "uncommitted file");
  const one = n === 1;
  if (fate === "carry") return `${what} ${one ? "comes" : "come"} along, uncommitted.`;
  if (fate === "drop") return `${what} ${one ? "stays" : "stay"} behind.`;
  return one
    ? `${what} does not fit what is recovered, and stays where it is.`
    : `${what} do not fit what is recovered, and stay where they are.`;
}
