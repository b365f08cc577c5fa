import path from "node:path";
import { personName } from "../../git/person";
import type { Repo } from "../../git/repo";
import { listWorktrees } from "../../git/worktreeList";
import { done, type Outcome, refused } from "../../model/outcome";
import type { JudgedFinding } from "../../model/verdict";
import { writeAtomic } from "../../store/atomic";
import { withLock } from "../../store/lock";
import { type Review, readReview } from "../review";
import { appendSent } from "../store";
import { feedbackPrompt, feedbackText } from "./feedback";
import { feedbackPlace } from "./place";

export interface SendRequest {
  /** The branch whose agent it is; HEAD unless told. */
  readonly ref?: string;
  /** Those too that were sent before. */
  readonly again?: boolean;
}

/** What the agent finds, and where. */
export interface SentFindings {
  readonly worktree: string;
  readonly file: string;
  /** What to tell the agent. It may be typed into its terminal where the file lies in its worktree. */
  readonly prompt: string;
  readonly inWorktree: boolean;
  readonly findings: readonly JudgedFinding[];
}

/**
 * Puts the accepted findings, and no others, into a file for the agent whose branch it is. Each is sent once unless it is
 * asked for again. Refused as `not-reviewed`, `nothing-accepted`, `sent-already`, `no-worktree` or `unknown-ref`.
 */
export async function sendAccepted(
  repo: Repo,
  { ref = "HEAD", again = false }: SendRequest = {},
): Promise<Outcome<SentFindings>> {
  return withLock(repo.commonDir, "sending findings to an agent", async () => {
    const review = await readReview(repo, ref);
    if (!review.ok) return review;
    const wanted = choose(review.value, again);
    if (!wanted.ok) return wanted;
    const findings = wanted.value;
    const worktree = await worktreeOf(repo, review.value);
    if (!worktree.ok) return worktree;
    const place = await feedbackPlace(repo, worktree.value);
    // Noted only when it is there: a kill in between sends it again, and the file has it once.
    await writeAtomic(place.file, feedbackText(findings, place.before));
    const [by, at, headOid] = [await personName(repo), new Date().toISOString(), review.value.head.oid];
    const noted = findings.map(({ id }) => ({ findingId: id, headOid, by: by.slice(0, 200), at }));
    await appendSent(repo.commonDir, noted);
    const { file, inWorktree } = place;
    const prompt = inWorktree ? feedbackPrompt : `Read ${file}, and fix every finding in it.`;
    return done({ worktree: worktree.value, file, inWorktree, prompt, findings });
  });
}

function choose({ head, runs, findings }: Review, again: boolean): Outcome<readonly JudgedFinding[]> {
  const name = head.branch ?? head.oid.slice(0, 8);
  if (runs.length === 0)
    return refused("not-reviewed", `${name} was not reviewed.`, "Nothing was sent. Have it reviewed first.");
  const accepted = findings.filter(({ status }) => status === "accepted");
  if (accepted.length === 0)
    return refused(
      "nothing-accepted",
      `No finding about ${name} is accepted and still to be fixed.`,
      "Nothing was sent. Accept what the agent shall fix.",
    );
  const fresh = again ? accepted : accepted.filter(({ sentAt }) => sentAt === null);
  if (fresh.length > 0) return done(fresh);
  return refused(
    "sent-already",
    `All ${accepted.length} accepted findings about ${name} were sent before.`,
    "Nothing was sent. Ask for it again if the agent shall get them once more.",
  );
}

/** Where the agent works: the worktree that has the branch, else the one that was asked from. */
async function worktreeOf(repo: Repo, { head }: Review): Promise<Outcome<string>> {
  const entries = (await listWorktrees(repo)).filter(({ bare, missing }) => !bare && !missing);
  const here = entries.find(({ path: each }) => path.resolve(each) === repo.top);
  const named = entries.find(({ branch }) => branch !== null && branch === head.branch);
  const found = named ?? (head.ref === "HEAD" ? here : undefined);
  if (found) return done(path.resolve(found.path));
  return refused(
    "no-worktree",
    `No worktree has ${head.branch ?? head.ref} checked out, so there is no agent to send to.`,
    "Nothing was sent. Make a worktree for it, or name the branch that the agent works on.",
  );
}
