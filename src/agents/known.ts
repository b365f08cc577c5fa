/** A coding agent we know by name: how to tell its worktrees, and what starts it. */
export interface KnownAgent {
  /** Stable; what records and settings hold. */
  readonly id: string;
  readonly label: string;
  /** The program to look for on PATH; null for agents that have no command line. */
  readonly command: string | null;
  /** Its worktrees' place: matches the path with forward slashes. */
  readonly place: RegExp | null;
  /** Its branches' names. */
  readonly branch: RegExp | null;
  /** The reason it gives when it locks a worktree. */
  readonly lock: RegExp | null;
}

// Places and prefixes as the tools themselves use them in 2026; a person can move them, so a miss is not proof.
export const knownAgents: readonly KnownAgent[] = [
  {
    id: "claude",
    label: "Claude Code",
    command: "claude",
    place: /\/\.claude\/worktrees\/[^/]+$/,
    branch: /^worktree-/,
    lock: /\bclaude\b/i,
  },
  {
    id: "codex",
    label: "Codex",
    command: "codex",
    place: /\/\.codex\/worktrees\//,
    branch: /^codex\//,
    lock: /\bcodex\b/i,
  },
  {
    id: "copilot",
    label: "GitHub Copilot",
    command: "copilot",
    place: /\/copilot-worktrees\//,
    branch: /^(copilot|agents)\//,
    lock: /\bcopilot\b/i,
  },
  {
    id: "gemini",
    label: "Gemini",
    command: "gemini",
    place: /\/\.gemini\/worktrees\//,
    branch: /^gemini\//,
    lock: /\bgemini\b/i,
  },
  {
    id: "cursor",
    label: "Cursor",
    command: "cursor-agent",
    place: /\/\.cursor\/worktrees\//,
    branch: /^cursor\//,
    lock: /\bcursor\b/i,
  },
  {
    id: "kilo",
    label: "Kilo Code",
    command: null,
    place: /\/\.kilo(code)?\/worktrees\//,
    branch: null,
    lock: null,
  },
  {
    id: "conductor",
    label: "Conductor",
    command: null,
    place: /\/conductor\/workspaces\//,
    branch: null,
    lock: null,
  },
  {
    id: "superset",
    label: "Superset",
    command: null,
    place: /\/\.superset\/worktrees\//,
    branch: null,
    lock: null,
  },
];

/** The id of the person's own command. */
export const customAgent = "custom";

/** A person's name for an agent id; the id itself for one we do not know. */
export function agentLabel(id: string): string {
  if (id === customAgent) return "custom agent";
  return knownAgents.find((agent) => agent.id === id)?.label ?? id;
}
