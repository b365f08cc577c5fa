import { acceptFinding, overruleFinding, reopenFinding } from "../findings/decideFinding";
import { importFindings } from "../findings/importFindings";
import { openFindings } from "../findings/openFindings";
import { publishFindings } from "../findings/publishFindings";
import { sendFindings } from "../findings/sendFindings";
import { takeRemarks } from "../findings/takeRemarks";
import type { CommandArguments, CommandName } from "../manifest";
import { setReviewGateway } from "../review/gateway";
import { reviewChanges } from "../review/reviewChanges";
import { checkOutPull } from "./checkOutPull";
import { clearAgentState } from "./clearAgentState";
import { copyBranch, copyPath } from "./copy";
import { createPull } from "./createPull";
import { explainLooksOnly } from "./explainLooksOnly";
import { fetchTarget } from "./fetchTarget";
import { lockWorktree } from "./lockWorktree";
import { meantLoss } from "./meantLoss";
import { armAutoMerge, disarmAutoMerge } from "./mergePull";
import { muteNeed, unmuteNeed } from "./muteNeed";
import { newWorktree } from "./newWorktree";
import { openGate } from "./openGate";
import { openInNewWindow } from "./openInNewWindow";
import { openLoss } from "./openLoss";
import { openOverlap } from "./openOverlap";
import { copyPullLink, openPull } from "./openPull";
import { abortRecovery, continueRecovery, openConflicts, skipCommit } from "./openRecovery";
import { openTerminal } from "./openTerminal";
import { recoverBranch } from "./recoverBranch";
import { refresh } from "./refresh";
import { removeMerged } from "./removeMerged";
import { removeWorktree } from "./removeWorktree";
import { reopenLoss } from "./reopenLoss";
import { repairMissing } from "./repairMissing";
import { restoreLoss, restoreWholeFile } from "./restoreLoss";
import { revealInOS } from "./revealInOS";
import { revealOverlap } from "./revealOverlap";
import type { Services } from "./services";
import { setUpHooks } from "./setUpHooks";
import { setUpPipeline } from "./setUpPipeline";
import { showAgent } from "./showAgent";
import { showChanges } from "./showChanges";
import { showMerge } from "./showMerge";
import { showSetupLog } from "./showSetupLog";
import { signInToGitHub } from "./signInToGitHub";
import { startAgent } from "./startAgent";
import { undoRemove } from "./undoRemove";
import { unlockWorktree } from "./unlockWorktree";
import { markPullReady, rerunChecks, updatePull } from "./updatePull";
import { writeClaudeSettings } from "./writeClaudeSettings";

type Handlers = {
  [N in CommandName]: (services: Services, ...args: CommandArguments[N]) => Promise<unknown>;
};

/** A verb each, and none forgotten: a command without a handler does not compile. */
export const handlers: Handlers = {
  newWorktree,
  refresh,
  fetchTarget,
  removeMerged,
  undoRemove,
  writeClaudeSettings,
  setUpHooks,
  setUpPipeline,
  showLog: async ({ log }) => log.show(),
  openInNewWindow,
  openTerminal,
  startAgent,
  showAgent,
  clearAgentState,
  showChanges,
  showSetupLog,
  revealInOS,
  copyPath,
  copyBranch,
  lockWorktree,
  unlockWorktree,
  removeWorktree,
  repairMissing,
  reviewChanges,
  setReviewGateway,
  openFindings,
  importFindings,
  takeRemarks,
  sendFindings,
  publishFindings,
  acceptFinding,
  overruleFinding,
  reopenFinding,
  openLoss,
  restoreLoss,
  restoreFile: restoreWholeFile,
  showMerge,
  meantLoss,
  reopenLoss,
  explainLooksOnly,
  openGate,
  openOverlap,
  revealOverlap,
  muteNeed,
  unmuteNeed,
  recoverBranch,
  continueRecovery,
  skipCommit,
  abortRecovery,
  openConflicts,
  signInToGitHub,
  createPull,
  checkOutPull,
  openPull,
  copyPullLink,
  armAutoMerge,
  disarmAutoMerge,
  updatePull,
  markPullReady,
  rerunChecks,
};
