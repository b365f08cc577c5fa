/** Every id that package.json and the code share, once; `test/ui/manifest.test.ts` holds the two together. */

export const container = "agentForeman";
export const category = "Agent Foreman";

export const views = { worktrees: "agentForeman.worktrees" } as const;

/** Context keys that `when` clauses in package.json read. */
export const contextKeys = { state: "agentForeman.state" } as const;

/** What a command about one worktree needs to know; a node of the tree has it. */
export interface WorktreeArgument {
  readonly path: string;
}

/** `inPalette: false`: it needs a node, so the palette hides it. */
export const commands = {
  refresh: { id: "agentForeman.refresh", inPalette: true },
  showLog: { id: "agentForeman.showLog", inPalette: true },
} as const;

export type CommandName = keyof typeof commands;

export interface CommandArguments {
  refresh: [];
  showLog: [];
}

export const settings = {
  staleBaseCommits: { id: "agentForeman.staleBase.commits", default: 20, restricted: false },
} as const;

export type SettingName = keyof typeof settings;

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T extends string ? string : T;

export type SettingTypes = { [N in SettingName]: Widened<(typeof settings)[N]["default"]> };
