import { stat } from "node:fs/promises";
import path from "node:path";
import pLimit from "p-limit";
import { judgeDone } from "../done/judgeDone";
import type { Tickets } from "../done/tickets";
import type { Repo } from "../git/repo";
import type { CheckDocument } from "../model/check";
import type { DoneDocument, PullText } from "../model/done";
import { done, type Outcome } from "../model/outcome";
import type { PullRequest } from "../model/pull";
import { reviewDir } from "../review/store";
import { checksDir } from "../store/selfChecks";
import type { Connect } from "./pullRounds";
import type { GitHubState } from "./pullState";
import type { Snapshot } from "./snapshot";
import { pullId } from "./supervised";

/** A branch to be judged: a worktree's, by its path, or a pull request's, by `pullId`. */
interface Query {
  readonly id: string;
  readonly check: CheckDocument;
  readonly pull: PullText | null;
}

type AskTickets = (numbers: readonly number[]) => Promise<Outcome<Tickets>>;

// Each uses several git processes, and nobody waits for it.
const atOnce = 2;

/** What is to be judged: work that has not landed, and of which is known what it would lose. */
function queriesOf({ worktrees, pulls }: Pick<Snapshot, "worktrees" | "pulls">): Query[] {
  return [
    ...worktrees.flatMap(({ path: id, check, ahead, landed, pull }) => {
      const open = landed?.state !== "landed" && (ahead ?? 0) > 0;
      return check && open ? [{ id, check, pull: wordsOf(pull?.pull ?? null) }] : [];
    }),
    ...pulls.flatMap(({ pull, check }) => (check ? [{ id: pullId(pull), check, pull: wordsOf(pull) }] : [])),
  ].filter(({ check }) => check.mergeBase !== null);
}

function wordsOf(pull: PullRequest | null): PullText | null {
  return pull?.state === "open" ? { number: pull.number, title: pull.title, body: pull.body } : null;
}

/** Judges branches against the definition of done, each again only when something that it depends on has changed. */
export class DoneJudge {
  private known = new Map<string, { readonly key: string; readonly answer: DoneDocument | null }>();

  constructor(private readonly repo: Repo) {}

  /** By id; null: it could not be told. `ticketsAt`: when tickets may have been changed. */
  async judge(
    snapshot: Pick<Snapshot, "worktrees" | "pulls">,
    askTickets: AskTickets,
    ticketsAt: string | null,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, DoneDocument | null>> {
    const stamp = await stampOf(this.repo.commonDir);
    const slots = pLimit(atOnce);
    const answers = queriesOf(snapshot).map(({ id, check, pull }) =>
      slots(async () => {
        const before = this.known.get(id);
        const ticket = before?.answer?.gates.find((gate) => gate.id === "ticket")?.status;
        const asks = ticket === "fail" || ticket === "unknown" ? ticketsAt : null;
        const key = JSON.stringify([stamp, check, pull, asks]);
        if (before?.key === key || signal.aborted) return [id, before] as const;
        const judged = await judgeDone(this.repo, check, { pull, askTickets }, signal).catch(() => null);
        const answer = judged?.ok ? judged.value : null;
        // The same answer stays the same object, so that nobody is told of a change that is none.
        const same = before && JSON.stringify(before.answer) === JSON.stringify(answer);
        return [id, { key, answer: same ? before.answer : answer }] as const;
      }),
    );
    const found = await Promise.all(answers);
    this.known = new Map(found.flatMap(([id, each]) => (each ? [[id, each] as const] : [])));
    return new Map([...this.known].map(([id, { answer }]) => [id, answer]));
  }
}

/** Another one when a review, a verdict or the project's own checks may say something else. */
export async function stampOf(commonDir: string): Promise<string> {
  const places = [
    reviewDir(commonDir),
    path.join(reviewDir(commonDir), "verdicts.jsonl"),
    checksDir(commonDir),
  ];
  const stats = await Promise.all(places.map((each) => stat(each).catch(() => null)));
  return stats.map((each) => (each ? `${each.mtimeMs}:${each.size}` : "-")).join();
}

/** Asks that GitHub; what it does not tell is not known. */
export function ticketsOf({ slug, signedOut }: GitHubState, connect: Connect): AskTickets {
  if (signedOut) return noTickets;
  return async (numbers) => {
    const client = await connect(slug);
    if (client === null || client === "signed-out") return done(null);
    const { askTickets } = await import("../github/tickets");
    const answer = await askTickets(client, slug, numbers);
    return answer.ok ? answer : done(null);
  };
}

/** Asks nobody. */
export const noTickets: AskTickets = async () => done(null);
