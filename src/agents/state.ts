import type { AgentRun, AgentState } from "../model/agent";
import type { RunNotes } from "../store/agentRuns";

/** What an agent's own list says of one of its sessions, and when it was asked (ISO). */
export interface Listed {
  readonly state: AgentState;
  readonly at: string;
}

/** How it stands with a run's process; `elsewhere`: it is another machine's. Null: none is known yet. */
export type Presence = "alive" | "dead" | "elsewhere" | null;

/**
 * What an agent does: what it said last, of its hooks and its list, as long as its process lives. Null: a person said
 * that it is not so, and it has said nothing since.
 */
export function runOf(notes: RunNotes, presence: Presence, listed: Listed | null): AgentRun | null {
  const { id, started, process, spokenBy, last } = notes;
  const run = { id, agent: started.agent, pid: process?.pid ?? spokenBy };
  // A hook notes whole seconds, so within one of them it is believed.
  const newer = listed && (!last || Math.floor(Date.parse(listed.at) / 1000) > Date.parse(last.at) / 1000);
  if (last?.event === "cleared" && !newer) return null;
  if (last?.event === "ended" || presence === "dead")
    return { ...run, state: "gone", since: (last ?? started).at };
  // Of another machine nothing can be told but what was said last, and it may have ended since.
  if (presence === "elsewhere") return { ...run, state: "unknown", since: (last ?? started).at };
  if (newer) return { ...run, state: listed.state, since: listed.at };
  if (last?.event !== "hook") return { ...run, state: "unknown", since: started.at };
  return { ...run, state: stateAfter(last.hook), since: last.at };
}

/** What is noted of the agents' events, in Claude Code's words. */
const states: Readonly<Record<string, AgentState>> = {
  SessionStart: "idle",
  UserPromptSubmit: "working",
  PreToolUse: "working",
  PostToolUse: "working",
  PostToolUseFailure: "working",
  PermissionRequest: "waiting",
  Elicitation: "waiting",
  PermissionPrompt: "waiting",
  IdlePrompt: "idle",
  Stop: "idle",
  Interrupt: "idle",
  StopFailure: "idle",
  SessionEnd: "gone",
};

export function stateAfter(hook: string): AgentState {
  return Object.hasOwn(states, hook) ? (states[hook] ?? "unknown") : "unknown";
}
