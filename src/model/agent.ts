/**
 * What an agent is doing. `waiting`: it goes on only when a person answers; `idle`: it has ended its turn; `gone`: its
 * process has ended; `unknown`: it runs, and does not say what it does.
 */
export type AgentState = "working" | "waiting" | "idle" | "gone" | "unknown";

/** An agent that was started in a worktree. */
export interface AgentRun {
  readonly id: string;
  /** An id of agents/known.ts. */
  readonly agent: string;
  readonly state: AgentState;
  /** Since when (ISO). */
  readonly since: string;
  /** Its process, as far as that is known; of this machine. */
  readonly pid: number | null;
}
