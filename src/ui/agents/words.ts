import { agentLabel } from "../../agents/known";
import type { AgentRun, AgentState } from "../../model/agent";
import type { Translate } from "../translate";
import { age } from "../tree/age";
import type { Icon } from "../tree/row";

/** What an agent does, in the one or two words that a row has room for. */
export function agentInShort({ state }: AgentRun, t: Translate): string {
  const words: Readonly<Record<AgentState, string>> = {
    working: t("working"),
    waiting: t("waiting for you"),
    idle: t("idle"),
    gone: t("agent gone"),
    unknown: t("agent runs"),
  };
  return words[state];
}

/** The same in full: who, what, and since when. */
export function agentInWords({ agent, state, since }: AgentRun, now: number, t: Translate): string {
  const name = agentLabel(agent);
  const words: Readonly<Record<AgentState, string>> = {
    working: t("{0} works", name),
    waiting: t("{0} waits for your answer", name),
    idle: t("{0} is idle", name),
    gone: t("{0} is gone: its process has ended", name),
    unknown: t("{0} runs; what it does is not known", name),
  };
  return t("{0}; last word: {1}", words[state], age(since, now, t));
}

/** Null where its process has ended: then the worktree has more to say. */
export function agentIcon({ state }: Pick<AgentRun, "state">): Icon | null {
  const icons: Readonly<Record<AgentState, Icon | null>> = {
    working: { id: "pulse", color: "charts.blue" },
    waiting: { id: "bell", color: "list.warningForeground" },
    idle: { id: "circle-outline" },
    gone: null,
    unknown: { id: "robot", color: "disabledForeground" },
  };
  return icons[state];
}
