import type { RecoverDocument, RecoveryCommit } from "../model/recovery";
import { count, printable, table } from "./words";

/** A recovery, or the plan of one, for a person. */
export function recoverText(document: RecoverDocument): string {
  const { state, commits, uncommitted, notes, check } = document;
  const parts = [headline(document)];
  if (commits.length > 0) parts.push(table(commits.map(row)));
  if (uncommitted) parts.push(files(uncommitted));
  if (check && check.losses.length > 0)
    parts.push(`The result would lose other people's work in ${count(check.losses.length, "place")}.`);
  for (const note of notes) parts.push(printable(note));
  if (commits.some(({ fate }) => fate === "ask"))
    parts.push("To take a commit that was taken back: --take with its id.");
  if (state === "planned" && document.verified) parts.push("Two independent ways of working it out agree.");
  return `${parts.join("\n\n")}\n`;
}

function headline({ branch, onto, newBranch, state, commits }: RecoverDocument): string {
  const [from, to, as] = [branch, onto.ref, newBranch].map(printable);
  if (state === "empty")
    return `${from} has no commit of its own that ${to} has not: there is nothing to recover.`;
  const coming = commits.filter(({ fate }) => fate === "pick" || fate === "conflict").length;
  const come = coming === 1 && commits.length === 1 ? "comes" : "come";
  return `${from} → ${as}, on ${to}: ${coming} of ${count(commits.length, "commit")} ${come} along.`;
}

function row({ oid, fate, subject, reason }: RecoveryCommit): string[] {
  return [`  ${fate.toUpperCase()}`, oid.slice(0, 9), printable(subject), printable(reason)];
}

function files({ files: n, fate }: NonNullable<RecoverDocument["uncommitted"]>): string {
  const what = count(n, "uncommitted file");
  const one = n === 1;
  if (fate === "carry") return `${what} ${one ? "comes" : "come"} along, uncommitted.`;
  if (fate === "drop") return `${what} ${one ? "stays" : "stay"} behind, as you said.`;
  return one
    ? `${what} does not fit what is recovered, and stays where it is.`
    : `${what} do not fit what is recovered, and stay where they are.`;
}
