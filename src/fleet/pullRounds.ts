import { firstParents } from "../git/lineage";
import type { Repo } from "../git/repo";
import type { GitHub } from "../github/client";
import { askPulls, type PullsAnswer } from "../github/pulls";
import { askUnchanged } from "../github/unchanged";
import type { Slug } from "../model/pull";
import type { Oid } from "../model/worktree";
import { isMoving } from "./isMoving";
import type { PullPlace } from "./pullPlace";
import { noPulls, type PullState, withAnswer, withFault, withoutSignIn, withSame } from "./pullState";
import type { Line, PushedBranch } from "./whosePull";

/** A client for a server; `signed-out` where there could be one, null where the server is no GitHub that we know. */
export type Connect = (slug: Slug) => Promise<GitHub | "signed-out" | null>;

/** A local branch to ask about: where it is, and where it started if that was recorded. */
export interface AskedBranch {
  readonly branch: string;
  readonly tip: Oid;
  readonly base: Oid | null;
}

// Checks change without touching a pull request, so now and then everything is asked.
const wholeEveryMs = 5 * 60_000;
// A branch that went through more commits than this is a main line.
const longestLine = 5_000;

/** Asks GitHub, round after round, and keeps what makes the next round cheaper. */
export class PullRounds {
  private etag: string | null = null;
  private wholeAt = 0;
  private asked = "";
  /** Of the last round; a long one takes up room. */
  private lines: ReadonlyMap<string, Line> = new Map();

  constructor(private readonly repo: Repo) {}

  /** One round: a short question where nothing is expected to have changed, else the whole one. */
  async round(
    before: PullState,
    place: PullPlace | null,
    branches: readonly AskedBranch[],
    connect: Connect,
    signal: AbortSignal,
  ): Promise<PullState> {
    if (!place) return noPulls;
    const { slug } = place;
    const client = await connect(slug);
    if (client === null) return noPulls;
    if (client === "signed-out") return withoutSignIn(before, slug, new Date().toISOString());

    const pushed = branches.map((each) => ({ ...each, ...place.pushed(each.branch) }));
    const asked = JSON.stringify([slug, pushed]);
    const calm =
      before.github?.problem === null &&
      !before.github.signedOut &&
      this.asked === asked &&
      !isMoving(before.open.map(({ pull }) => pull)) &&
      Date.now() - this.wholeAt < wholeEveryMs;
    let calls = 0;
    if (calm) {
      calls++;
      const answer = await askUnchanged(client, slug, this.etag, signal);
      this.etag = answer?.etag ?? null;
      if (answer?.unchanged) return withSame(before, new Date().toISOString());
    }
    const answer = await askPulls(client, slug, [...new Set(pushed.map(({ name }) => name))], signal);
    const at = new Date().toISOString();
    if (!answer.ok) return withFault(before, slug, answer.fault, at);
    this.asked = asked;
    this.wholeAt = Date.now();
    const lined = await this.withLines(pushed, answer.value);
    return withAnswer(before, slug, { ...answer.value, calls: answer.value.calls + calls }, lined, at);
  }

  /** The commits that each branch went through; read only where a pull request of its name ended elsewhere. */
  private async withLines(
    branches: readonly (AskedBranch & PushedBranch)[],
    { named }: PullsAnswer,
  ): Promise<(PushedBranch & { readonly line: Line })[]> {
    const used = new Map<string, Line>();
    const lined = await Promise.all(
      branches.map(async (each) => {
        const elsewhere = named
          .get(each.name)
          ?.some(({ head, state }) => state !== "open" && head !== each.tip);
        return { ...each, line: elsewhere ? await this.line(each, used) : new Set([each.tip]) };
      }),
    );
    this.lines = used;
    return lined;
  }

  private async line({ tip, base }: AskedBranch, used: Map<string, Line>): Promise<Line> {
    const key = `${tip} ${base}`;
    const known = this.lines.get(key);
    if (known !== undefined) used.set(key, known);
    if (known !== undefined) return known;
    const parents = await firstParents(this.repo, tip, longestLine).catch(() => null);
    const end = base === null || !parents ? -1 : parents.indexOf(base);
    const line = parents && new Set(end < 0 ? parents : parents.slice(0, end));
    used.set(key, line);
    return line;
  }
}
