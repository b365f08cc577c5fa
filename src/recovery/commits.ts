import { committerNow } from "../git/committer";
import { importCommits, type NewCommit } from "../git/fastImport";
import { latin1 } from "../git/quoted";
import { type CommitWords, readCommitWords } from "../git/rawCommits";
import type { Repo } from "../git/repo";
import { type Scratch, withScratch } from "../git/scratch";
import type { Oid } from "../model/worktree";
import { recoveredMessage } from "./message";
import type { RecoveryPlan } from "./plan";
import type { Together } from "./tryOut";

/** A commit, and what it became on the new branch. */
export interface Recovered {
  readonly oid: Oid;
  readonly as: Oid;
}

/**
 * Writes what the plan picks as commits on `onto`, in order, with their authors, dates and messages; nothing points to them
 * yet. The last of them is the tip.
 */
export async function writePicks(
  repo: Repo,
  onto: Oid,
  { picked, together }: Pick<RecoveryPlan, "picked" | "together">,
  branch: string,
  signal?: AbortSignal,
): Promise<{ tip: Oid; recovered: Recovered[] }> {
  const committer = (await committerNow(repo)) ?? "Agent Foreman <agent-foreman@localhost> 0 +0000";
  const oids = [...picked.map(({ oid }) => oid), ...(together?.commits ?? [])];
  const words = await readCommitWords(repo, oids, signal);
  const said = (oid: Oid): CommitWords =>
    words.get(oid) ?? { author: committer, encoding: null, message: "" };
  const commits: NewCommit[] = picked.map(({ oid, writes }) => {
    const { author, encoding, message } = said(oid);
    return { author, committer, encoding, message: recoveredMessage(message, oid), writes };
  });
  if (together) commits.push({ committer, ...oneOf(together, branch, said, committer) });
  const write = (scratch: Scratch) => importCommits(scratch, onto, commits, signal);
  const made = await withScratch(repo, onto, write, true);
  return { tip: made.at(-1) ?? onto, recovered: picked.map(({ oid }, i) => ({ oid, as: made[i] ?? "" })) };
}

/** Several commits as one; whoever wrote one of them is named. */
function oneOf(
  { commits, writes }: Together,
  branch: string,
  said: (oid: Oid) => CommitWords,
  committer: string,
): Omit<NewCommit, "committer"> {
  const author = commits.length > 0 ? said(commits[0] ?? "").author : committer;
  const people = new Set(commits.map((oid) => said(oid).author.replace(/ \S+ \S+$/, "")));
  people.delete(author.replace(/ \S+ \S+$/, ""));
  const paragraphs = [
    latin1(`Changes of ${branch} as its merges settled them`),
    commits.map((oid) => `(recovered from ${oid})`).join("\n"),
    [...people].map((person) => `Co-authored-by: ${person}`).join("\n"),
  ];
  const message = `${paragraphs.filter((text) => text !== "").join("\n\n")}\n`;
  return { author, encoding: null, message, writes };
}
