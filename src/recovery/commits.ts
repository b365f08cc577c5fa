import { committerNow } from "../git/committer";
import { importCommits, type NewCommit } from "../git/fastImport";
import { latin1 } from "../git/quoted";
import { type CommitWords, readCommitWords } from "../git/rawCommits";
import type { Repo } from "../git/repo";
import { findCommit } from "../git/revParse";
import type { GitResult } from "../git/run";
import { type Scratch, withScratch } from "../git/scratch";
import { signCommits, signsCommits } from "../git/signCommits";
import { moveRef } from "../git/updateRef";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { recoveredMessage } from "./message";
import type { RecoveryPlan } from "./plan";
import { stepsOf } from "./stepsOf";
import type { Together } from "./tryOut";

/**
 * Writes what the plan picks as commits on `onto`, in order, with their authors, dates and messages; nothing points to them
 * yet. Gives the last of them. With `sign` they are signed, if that is the person's way; refused as `cannot-sign`.
 */
export async function writePicks(
  repo: Repo,
  onto: Oid,
  { picked, together }: Pick<RecoveryPlan, "picked" | "together">,
  branch: string,
  { sign = false, signal }: { readonly sign?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Outcome<Oid>> {
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
  return write(repo, onto, commits, sign && (await signsCommits(repo)), signal);
}

async function write(
  repo: Repo,
  onto: Oid,
  commits: readonly NewCommit[],
  sign: boolean,
  signal?: AbortSignal,
): Promise<Outcome<Oid>> {
  const make = async (scratch: Scratch): Promise<Outcome<Oid>> => {
    const made = await importCommits(scratch, onto, commits, signal);
    if (!sign || made.length === 0) return done(made.at(-1)?.oid ?? onto);
    const unsigned = commits.map((commit, i) => ({ ...commit, tree: made[i]?.tree ?? "" }));
    const signed = await signCommits(repo, onto, unsigned, signal);
    return typeof signed === "string" ? done(signed) : cannotSign(signed);
  };
  return withScratch(repo, onto, make, true);
}

function cannotSign({ stderr }: GitResult): Outcome<never> {
  const words = stderr.trim().split("\n").slice(0, 3).join(" · ").slice(0, 400);
  return refused(
    "cannot-sign",
    `Git is to sign commits here (commit.gpgSign), and could not: ${words || "it did not say why"}`,
    "Unlock your key, for example by signing anything in a terminal, and try again.",
  );
}

/**
 * Says in the message of a branch's newest commit where it comes from, if git has just picked it there and nobody
 * changed it since. Gives the branch's commit.
 */
export async function rewordTip(repo: Repo, branch: string, tip: Oid, from: Oid): Promise<Oid> {
  const words = await readCommitWords(repo, [tip, from]);
  const [now, before] = [words.get(tip), words.get(from)];
  const committer = await committerNow(repo);
  const parent = await findCommit(repo, `${tip}^1`);
  if (!now || !before || !committer || !parent || now.message.trim() !== before.message.trim()) return tip;
  const [step] = await withScratch(repo, tip, (scratch) => stepsOf(scratch, [tip]));
  const writes = new Map(step?.changes.map(({ path, new: entry }) => [path, entry]));
  const message = recoveredMessage(now.message, from);
  const sign = await signsCommits(repo);
  const reworded = await write(repo, parent, [{ ...now, committer, message, writes }], sign);
  const moved = reworded.ok && (await moveRef(repo, `refs/heads/${branch}`, reworded.value, tip));
  return reworded.ok && moved ? reworded.value : tip;
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
