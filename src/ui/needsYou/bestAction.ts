import type { Snapshot } from "../../fleet";
import type { Need } from "../../fleet/needsYou";
import type { RecoveryFact } from "../../model/recovery";
import type { CommandArguments, CommandName } from "../manifest";

/** A command and what it is called with. */
export type Act = {
  [N in CommandName]: { readonly command: N; readonly argument: CommandArguments[N][0] };
}[CommandName];

function recoveryStep(recovery: RecoveryFact | null): "openConflicts" | "continueRecovery" | "abortRecovery" {
  if (recovery?.state === "conflict") return "openConflicts";
  return recovery?.state === "aborting" ? "abortRecovery" : "continueRecovery";
}

/** What a click on an entry does: the one thing that is best done about it. */
export function bestAction(
  { path, pull, action }: Need,
  { repo, worktrees, pulls }: Pick<Snapshot, "repo" | "worktrees" | "pulls">,
): Act {
  const worktree = worktrees.find((each) => each.path === path);
  if (path === null || !worktree) {
    const number = pull ?? pulls[0]?.pull.number ?? 0;
    return { command: "openPull", argument: { repo: repo.commonDir, number } };
  }
  switch (action) {
    case "restore-losses": {
      const [loss] = worktree.check?.losses ?? [];
      return loss
        ? { command: "openLoss", argument: { path, loss: loss.id } }
        : { command: "openTerminal", argument: { path } };
    }
    case "recover":
      return { command: "recoverBranch", argument: { path } };
    case "continue-recovery":
      return { command: recoveryStep(worktree.recovery), argument: { path } };
    case "resolve-conflict":
      return { command: "openInNewWindow", argument: { path } };
    case "answer-agent":
      return { command: "showAgent", argument: { path } };
    case "see-checks":
    case "see-review":
      return { command: "openPull", argument: { path } };
    case "see-gates":
      return { command: "openGate", argument: { path } };
    case "decide":
      return { command: "openFindings", argument: { path } };
    case "compare": {
      const other = worktree.overlaps?.find(({ kind }) => kind === "conflict");
      return other
        ? { command: "openOverlap", argument: { path, other: other.with } }
        : { command: "openTerminal", argument: { path } };
    }
    case "repair":
      return { command: "repairMissing", argument: { path } };
    case "merge-target":
    case "take-in-remote":
      return { command: "openTerminal", argument: { path } };
  }
}
