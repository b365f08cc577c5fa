import type { PullRequest } from "../../model/pull";

/** Pull requests that were armed from here, whose merge somebody waits for, by the repo (its common git folder) that they are in. */
export class Awaited {
  private readonly repos = new Map<string, Set<string>>();

  /** Once GitHub has it armed: before, it looks like one that is not any more. */
  add(repo: string, id: string): void {
    this.repos.set(repo, (this.repos.get(repo) ?? new Set()).add(id));
  }

  /** Whether some are left in this repo, now that these are open. */
  in(repo: string, open: readonly Pick<PullRequest, "id" | "autoMerge">[]): boolean {
    const armed = new Set(open.filter(({ autoMerge }) => autoMerge !== null).map(({ id }) => id));
    const left = [...(this.repos.get(repo) ?? [])].filter((id) => armed.has(id));
    if (left.length > 0) this.repos.set(repo, new Set(left));
    else this.repos.delete(repo);
    return left.length > 0;
  }
}
