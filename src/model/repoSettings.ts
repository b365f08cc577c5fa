/** What a repo on GitHub says about merging, as far as the pipeline needs it. */
export interface RepoSettings {
  readonly autoMerge: boolean;
  readonly deleteBranchOnMerge: boolean;
  readonly squash: boolean;
  /** Checks that the default branch already waits for, by whatever rule. */
  readonly required: readonly string[];
  /** Our own ruleset; null: there is none. */
  readonly ruleset: Ruleset | null;
}

export interface Ruleset {
  readonly id: number;
  readonly active: boolean;
  readonly required: readonly string[];
  /** Admins may pass it. */
  readonly adminsPass: boolean;
  /** As GitHub has them, so that what else somebody wrote there stays. */
  readonly rules: readonly object[];
  readonly actors: readonly object[];
}
