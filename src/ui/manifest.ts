/** Every id that package.json and the code share, once; `test/ui/manifest.test.ts` holds the two together. */

export const container = "agentForeman";
export const category = "Agent Foreman";

/** Types of editor tabs; VS Code keeps them with what a panel was like, so they never change. */
export const webviews = { findings: "agentForeman.findings" } as const;

/** Comments in editors; menus ask for this id. */
export const commentControllers = { findings: { id: "agentForeman.findings" } } as const;

export const views = {
  worktrees: "agentForeman.worktrees",
  needsYou: "agentForeman.needsYou",
  pulls: "agentForeman.pulls",
} as const;

/** Context keys that `when` clauses in package.json read. */
export const contextKeys = { state: "agentForeman.state", gitHub: "agentForeman.gitHub" } as const;

/** Colours that a person can set in a theme. */
export const colors = {
  lossForeground: "agentForeman.lossForeground",
  lossBackground: "agentForeman.lossBackground",
  questionForeground: "agentForeman.questionForeground",
  questionBackground: "agentForeman.questionBackground",
} as const;

/** What a command about one worktree needs to know; a node of the tree has it. */
export interface WorktreeArgument {
  readonly path: string;
}

/** What a command about something that would be lost needs to know. */
export interface LossArgument extends WorktreeArgument {
  /** The deletion's id in the worktree's check. */
  readonly loss: string;
}

export interface MeantArgument extends LossArgument {
  /** Why it is meant; without it the person is asked. */
  readonly reason?: string;
}

/** A finding of a reviewer about a worktree. */
export interface FindingArgument extends WorktreeArgument {
  readonly finding: string;
}

export interface OverruleArgument extends FindingArgument {
  /** Without it the person is asked. */
  readonly reason?: string;
}

export interface SendArgument extends WorktreeArgument {
  /** Those too that the agent has got already. */
  readonly again?: boolean;
}

/** An overlap: the worktree, and the id of the branch that it meets. */
export interface OverlapArgument extends WorktreeArgument {
  readonly other: string;
}

/** Which branch is recovered: a worktree's, or one by its repo (the common git folder) and name. */
export type RecoverArgument = (WorktreeArgument | { readonly repo: string; readonly branch: string }) & {
  /** The new branch's name; with it nobody is asked, and the plan is carried out as it stands. */
  readonly as?: string;
  readonly push?: boolean;
};

/** An open recovery: by a worktree that it concerns, or by its repo and the branch that is recovered. */
export type RecoveryArgument = WorktreeArgument | { readonly repo: string; readonly branch: string };

/** A gate of a worktree's definition of done, and which of its places; without it all gates. */
export interface GateArgument extends WorktreeArgument {
  readonly gate?: { readonly id: string; readonly place: number };
}

/** What to have reviewed, and by whom; without a name the person picks. */
export interface ReviewArgument extends WorktreeArgument {
  /** An id of review/reviewers, `custom` for the person's own command. */
  readonly reviewer?: string;
}

/** What a new worktree is for; without it the person is asked. */
export interface NewWorktreeArgument {
  /** A name, or the task in a sentence. */
  readonly name: string;
  readonly task?: string;
  /** An id of agents/known.ts. */
  readonly agent?: string;
}

/** What to start; the person is asked for what is not said. */
export interface StartAgentArgument extends WorktreeArgument {
  /** An id of agents/known.ts. */
  readonly agent?: string;
  /** Empty: none. */
  readonly task?: string;
}

export interface RemoveWorktreeArgument extends WorktreeArgument {
  readonly keepBranch?: boolean;
  /** Although uncommitted files or commits would go; they are kept for an undo. */
  readonly anyway?: boolean;
}

export interface UndoRemoveArgument {
  /** Of the removal; without it the person is asked. */
  readonly id: string;
}

/** A pull request: a worktree's, or one without a worktree by its repo (the common git folder) and number. */
export type PullArgument = WorktreeArgument | { readonly repo: string; readonly number: number };

/** An entry of the list of needs, by its repo (the common git folder). */
export interface NeedArgument {
  readonly repo: string;
  readonly key: string;
  readonly state: string;
}

/** Which hooks there shall be; without it the person is asked. */
export interface HooksArgument {
  readonly prePush: boolean;
  readonly claude: boolean;
  /** As it is, where that is not said. */
  readonly state?: boolean;
}

/** Which steps of the pipeline are done, without asking. */
export interface PipelineArgument {
  readonly steps: readonly string[];
}

/** The arguments of each command. */
export interface CommandArguments {
  newWorktree: [NewWorktreeArgument?];
  refresh: [];
  fetchTarget: [];
  removeMerged: [];
  undoRemove: [UndoRemoveArgument?];
  writeClaudeSettings: [];
  setUpHooks: [HooksArgument?];
  setUpPipeline: [PipelineArgument?];
  showLog: [];
  openInNewWindow: [WorktreeArgument?];
  openTerminal: [WorktreeArgument?];
  startAgent: [StartAgentArgument?];
  showAgent: [WorktreeArgument?];
  clearAgentState: [WorktreeArgument?];
  showChanges: [WorktreeArgument?];
  showSetupLog: [WorktreeArgument?];
  revealInOS: [WorktreeArgument?];
  copyPath: [WorktreeArgument?];
  copyBranch: [WorktreeArgument?];
  lockWorktree: [WorktreeArgument?];
  unlockWorktree: [WorktreeArgument?];
  removeWorktree: [RemoveWorktreeArgument?];
  repairMissing: [WorktreeArgument?];
  reviewChanges: [ReviewArgument?];
  setReviewGateway: [];
  openFindings: [WorktreeArgument?];
  importFindings: [WorktreeArgument?];
  takeRemarks: [WorktreeArgument?];
  sendFindings: [SendArgument?];
  publishFindings: [WorktreeArgument?];
  acceptFinding: [FindingArgument?];
  overruleFinding: [OverruleArgument?];
  reopenFinding: [FindingArgument?];
  openLoss: [LossArgument?];
  restoreLoss: [LossArgument?];
  restoreFile: [LossArgument?];
  showMerge: [LossArgument?];
  meantLoss: [MeantArgument?];
  reopenLoss: [LossArgument?];
  explainLooksOnly: [WorktreeArgument?];
  openGate: [GateArgument?];
  openOverlap: [OverlapArgument?];
  revealOverlap: [OverlapArgument?];
  muteNeed: [NeedArgument?];
  unmuteNeed: [NeedArgument?];
  recoverBranch: [RecoverArgument?];
  continueRecovery: [RecoveryArgument?];
  skipCommit: [RecoveryArgument?];
  abortRecovery: [RecoveryArgument?];
  openConflicts: [RecoveryArgument?];
  signInToGitHub: [];
  createPull: [WorktreeArgument?];
  checkOutPull: [PullArgument?];
  openPull: [PullArgument?];
  copyPullLink: [PullArgument?];
  armAutoMerge: [PullArgument?];
  disarmAutoMerge: [PullArgument?];
  updatePull: [PullArgument?];
  markPullReady: [PullArgument?];
  rerunChecks: [PullArgument?];
}

export type CommandName = keyof CommandArguments;

interface CommandEntry {
  readonly id: string;
  /** It is offered on a node of the tree, and the palette hides it; `too`: it is in both; `comment`: at a comment instead. */
  readonly onNode: boolean | "too" | "comment";
}

export const commands: { readonly [N in CommandName]: CommandEntry } = {
  newWorktree: { id: "agentForeman.newWorktree", onNode: false },
  refresh: { id: "agentForeman.refresh", onNode: false },
  fetchTarget: { id: "agentForeman.fetchTarget", onNode: false },
  removeMerged: { id: "agentForeman.removeMerged", onNode: false },
  undoRemove: { id: "agentForeman.undoRemove", onNode: false },
  writeClaudeSettings: { id: "agentForeman.writeClaudeSettings", onNode: false },
  setUpHooks: { id: "agentForeman.setUpHooks", onNode: false },
  setUpPipeline: { id: "agentForeman.setUpPipeline", onNode: false },
  showLog: { id: "agentForeman.showLog", onNode: false },
  openInNewWindow: { id: "agentForeman.openInNewWindow", onNode: true },
  openTerminal: { id: "agentForeman.openTerminal", onNode: true },
  startAgent: { id: "agentForeman.startAgent", onNode: "too" },
  showAgent: { id: "agentForeman.showAgent", onNode: true },
  clearAgentState: { id: "agentForeman.clearAgentState", onNode: true },
  showChanges: { id: "agentForeman.showChanges", onNode: true },
  showSetupLog: { id: "agentForeman.showSetupLog", onNode: true },
  revealInOS: { id: "agentForeman.revealInOS", onNode: true },
  copyPath: { id: "agentForeman.copyPath", onNode: true },
  copyBranch: { id: "agentForeman.copyBranch", onNode: true },
  lockWorktree: { id: "agentForeman.lockWorktree", onNode: true },
  unlockWorktree: { id: "agentForeman.unlockWorktree", onNode: true },
  removeWorktree: { id: "agentForeman.removeWorktree", onNode: true },
  repairMissing: { id: "agentForeman.repairMissing", onNode: true },
  reviewChanges: { id: "agentForeman.reviewChanges", onNode: "too" },
  setReviewGateway: { id: "agentForeman.setReviewGateway", onNode: false },
  openFindings: { id: "agentForeman.openFindings", onNode: "too" },
  importFindings: { id: "agentForeman.importFindings", onNode: "too" },
  takeRemarks: { id: "agentForeman.takeRemarks", onNode: true },
  sendFindings: { id: "agentForeman.sendFindings", onNode: "too" },
  publishFindings: { id: "agentForeman.publishFindings", onNode: true },
  acceptFinding: { id: "agentForeman.acceptFinding", onNode: "comment" },
  overruleFinding: { id: "agentForeman.overruleFinding", onNode: "comment" },
  reopenFinding: { id: "agentForeman.reopenFinding", onNode: "comment" },
  openLoss: { id: "agentForeman.openLoss", onNode: true },
  restoreLoss: { id: "agentForeman.restoreLoss", onNode: true },
  restoreFile: { id: "agentForeman.restoreFile", onNode: true },
  showMerge: { id: "agentForeman.showMerge", onNode: true },
  meantLoss: { id: "agentForeman.meantLoss", onNode: true },
  reopenLoss: { id: "agentForeman.reopenLoss", onNode: true },
  explainLooksOnly: { id: "agentForeman.explainLooksOnly", onNode: true },
  openGate: { id: "agentForeman.openGate", onNode: true },
  openOverlap: { id: "agentForeman.openOverlap", onNode: true },
  revealOverlap: { id: "agentForeman.revealOverlap", onNode: true },
  muteNeed: { id: "agentForeman.muteNeed", onNode: true },
  unmuteNeed: { id: "agentForeman.unmuteNeed", onNode: true },
  recoverBranch: { id: "agentForeman.recoverBranch", onNode: "too" },
  continueRecovery: { id: "agentForeman.continueRecovery", onNode: "too" },
  skipCommit: { id: "agentForeman.skipCommit", onNode: "too" },
  abortRecovery: { id: "agentForeman.abortRecovery", onNode: "too" },
  openConflicts: { id: "agentForeman.openConflicts", onNode: "too" },
  signInToGitHub: { id: "agentForeman.signInToGitHub", onNode: "too" },
  createPull: { id: "agentForeman.createPull", onNode: true },
  checkOutPull: { id: "agentForeman.checkOutPull", onNode: true },
  openPull: { id: "agentForeman.openPull", onNode: true },
  copyPullLink: { id: "agentForeman.copyPullLink", onNode: true },
  armAutoMerge: { id: "agentForeman.armAutoMerge", onNode: true },
  disarmAutoMerge: { id: "agentForeman.disarmAutoMerge", onNode: true },
  updatePull: { id: "agentForeman.updatePull", onNode: true },
  markPullReady: { id: "agentForeman.markPullReady", onNode: true },
  rerunChecks: { id: "agentForeman.rerunChecks", onNode: true },
};

export interface SettingTypes {
  /** Empty: beside the repo. */
  worktreesFolder: string;
  branchPrefix: string;
  /** Empty: the remote's default branch. */
  base: string;
  /** Seconds. */
  fetchTimeout: number;
  /** A program and its arguments; empty: none. */
  setupCommand: readonly string[];
  /** A program and its arguments; empty: none. */
  agentCommand: readonly string[];
  staleBaseCommits: number;
  /** A program and its arguments that prints findings; empty: none. */
  reviewCommand: readonly string[];
  /** Minutes. */
  reviewTimeout: number;
  /** US dollars. */
  reviewMaxCost: number;
  reviewRefute: boolean;
}

export type SettingName = keyof SettingTypes;

interface Setting<T> {
  readonly id: string;
  readonly default: T;
  /** Not read from a folder that the person does not trust, because it says what is run or where. */
  readonly restricted: boolean;
}

export const settings: { readonly [N in SettingName]: Setting<SettingTypes[N]> } = {
  worktreesFolder: { id: "agentForeman.worktrees.folder", default: "", restricted: true },
  branchPrefix: { id: "agentForeman.worktrees.branchPrefix", default: "agent/", restricted: true },
  base: { id: "agentForeman.worktrees.base", default: "", restricted: true },
  fetchTimeout: { id: "agentForeman.fetch.timeout", default: 20, restricted: false },
  setupCommand: { id: "agentForeman.setup.command", default: [], restricted: true },
  agentCommand: { id: "agentForeman.agents.command", default: [], restricted: true },
  staleBaseCommits: { id: "agentForeman.staleBase.commits", default: 20, restricted: false },
  reviewCommand: { id: "agentForeman.review.command", default: [], restricted: true },
  reviewTimeout: { id: "agentForeman.review.timeout", default: 20, restricted: false },
  reviewMaxCost: { id: "agentForeman.review.maxCost", default: 5, restricted: true },
  reviewRefute: { id: "agentForeman.review.refute", default: false, restricted: true },
};
