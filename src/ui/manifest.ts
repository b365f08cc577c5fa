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

/** The arguments of each command; a command with one is on a node, and the palette hides it. */
export interface CommandArguments {
  refresh: [];
  showLog: [];
  openInNewWindow: [WorktreeArgument?];
  openTerminal: [WorktreeArgument?];
  showChanges: [WorktreeArgument?];
  showSetupLog: [WorktreeArgument?];
  revealInOS: [WorktreeArgument?];
  copyPath: [WorktreeArgument?];
  copyBranch: [WorktreeArgument?];
  lockWorktree: [WorktreeArgument?];
  unlockWorktree: [WorktreeArgument?];
}

export type CommandName = keyof CommandArguments;

export const commands: { readonly [N in CommandName]: { readonly id: string; readonly onNode: boolean } } = {
  refresh: { id: "agentForeman.refresh", onNode: false },
  showLog: { id: "agentForeman.showLog", onNode: false },
  openInNewWindow: { id: "agentForeman.openInNewWindow", onNode: true },
  openTerminal: { id: "agentForeman.openTerminal", onNode: true },
  showChanges: { id: "agentForeman.showChanges", onNode: true },
  showSetupLog: { id: "agentForeman.showSetupLog", onNode: true },
  revealInOS: { id: "agentForeman.revealInOS", onNode: true },
  copyPath: { id: "agentForeman.copyPath", onNode: true },
  copyBranch: { id: "agentForeman.copyBranch", onNode: true },
  lockWorktree: { id: "agentForeman.lockWorktree", onNode: true },
  unlockWorktree: { id: "agentForeman.unlockWorktree", onNode: true },
};

/** `restricted`: not read from a folder that the person does not trust, because it says what is run or where. */
export const settings = {
  staleBaseCommits: { id: "agentForeman.staleBase.commits", default: 20, restricted: false },
} as const;

export type SettingName = keyof typeof settings;

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T extends string ? string : T;

export type SettingTypes = { [N in SettingName]: Widened<(typeof settings)[N]["default"]> };
