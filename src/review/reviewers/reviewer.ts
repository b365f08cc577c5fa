import type { Outcome } from "../../model/outcome";

/** Where a reviewer works; made for one review and gone after it. */
export interface Desk {
  /** Marks what runs here. */
  readonly operation: string;
  /** A clean checkout of the commit, in a repo of its own that leads nowhere. */
  readonly checkout: string;
  /** A folder beside it with nothing of the commit, for programs that obey what they find where they are started. */
  readonly seat: string;
}

export interface Question {
  readonly prompt: string;
  /** What the answer must be like. */
  readonly schema: object;
}

export interface Asking {
  readonly desk: Desk;
  /** The environment that the person has; a reviewer gets as little of it as it needs. */
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** US dollars; only some reviewers can be held to it. */
  readonly maxCostUsd: number;
  readonly signal?: AbortSignal;
  /** What it is doing now, unchecked text of the model's. */
  readonly onProgress?: (step: string) => void;
}

/** What came back: text that should hold the answer. Nothing in it is trusted. */
export interface Said {
  readonly text: string;
  /** Null: it does not tell. */
  readonly costUsd: number | null;
  readonly model: string | null;
}

/** Somebody who can be asked for a review, each time with nothing in mind of the time before. */
export interface Reviewer {
  /** Stable; what settings and `--with` name. */
  readonly id: string;
  readonly label: string;
  /** Who makes its model; null: not known. */
  readonly vendor: string | null;
  /** Whether it can read the checkout; else it sees only the question. */
  readonly reads: boolean;
  /**
   * Refused as `cancelled`, `reviewer-timeout`, `reviewer-endless`, `reviewer-missing`, `reviewer-limited` or
   * `reviewer-failed`; then nothing was reviewed.
   */
  ask(question: Question, asking: Asking): Promise<Outcome<Said>>;
}
