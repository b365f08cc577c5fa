import type { Repo } from "../git/repo";
import type { Worktree } from "../model/worktree";
import { readReview } from "../review/review";
import { type KnownRuns, readRuns } from "../review/store";
import { stampOf } from "./judgeDone";

type Reviewed = Pick<Worktree, "path" | "branch" | "head" | "landed">;

/** Finds what reviewers raised and nobody decided on; read again only where a review, a verdict or the branch has changed. */
export class Undecided {
  private readonly runs: KnownRuns = new Map();
  private known = new Map<string, { readonly key: string; readonly open: readonly string[] | null }>();

  constructor(private readonly repo: Repo) {}

  /** The ids of the findings, by worktree; null: they could not be read. Who was not reviewed is not in it. */
  async find(worktrees: readonly Reviewed[]): Promise<ReadonlyMap<string, readonly string[] | null>> {
    const stamp = await stampOf(this.repo.commonDir);
    const runs = (await readRuns(this.repo.commonDir, this.runs)).map(({ run }) => run);
    const known: typeof this.known = new Map();
    for (const { path, branch, head, landed } of worktrees) {
      const isReviewed = runs.some(
        (run) => run.headOid === head || (branch !== null && run.branch === branch),
      );
      if (!isReviewed || head === null || landed?.state === "landed") continue;
      const ref = branch === null ? head : `refs/heads/${branch}`;
      const key = `${stamp} ${ref} ${head}`;
      const before = this.known.get(path);
      known.set(path, before?.key === key ? before : { key, open: await this.open(ref) });
    }
    this.known = known;
    return new Map([...known].map(([path, { open }]) => [path, open]));
  }

  private async open(ref: string): Promise<string[] | null> {
    const review = await readReview(this.repo, ref, this.runs).catch(() => null);
    if (!review?.ok) return null;
    return review.value.findings
      .filter(({ status }) => status === "open")
      .map(({ id }) => id)
      .sort();
  }
}
