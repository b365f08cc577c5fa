import { isDirty, isStale } from "../../fleet/needsYou";
import { isBeingMade, isRecoverable } from "../../fleet/recoverable";
import type { RecoveryFact } from "../../model/recovery";
import type { Worktree } from "../../model/worktree";
import { agentIcon, agentInWords } from "../agents/words";
import { pullCapabilities, pullIcon, pullInWords } from "../pulls/words";
import { recoveryCapabilities, recoveryIcon, recoveryInShort } from "../recovery/words";
import { type Detail, detail as row } from "./detail";
import { doneDetails } from "./doneDetails";
import { distanceInWords, setupInWords } from "./facts";
import { lossDetails } from "./lossDetails";
import { overlapDetails } from "./overlapDetails";
import { type Icon, type Scene, whereabouts } from "./row";
import {
  baseInWords,
  filesInWords,
  landedInWords,
  ownerInWords,
  remoteInWords,
  staleInWords,
  targetInWords,
} from "./tooltip";

/** What a worktree unfolds to: a row a fact, with what can be done about it in its context. */
export function details(worktree: Worktree, scene: Scene): Detail[] {
  const { t } = scene;
  const warning = "list.warningForeground";
  const stale = isStale(worktree, scene.limit);
  const { landed, remoteAhead, lockedBecause, owner, task, setup, run } = worktree;
  const rows: Detail[] = [row("branch", "git-branch", t("Branch"), whereabouts(worktree, t))];
  const { recovery } = worktree;
  if (recovery) rows.push(recoveryRow(recovery, scene));
  if (worktree.check && !isBeingMade(worktree)) rows.push(...lossDetails(worktree.check, t));
  rows.push(...overlapDetails(worktree, scene.names, t), ...doneDetails(worktree.done, t));
  if (run) {
    const icon = agentIcon(run) ?? { id: "robot" };
    const words = agentInWords(run, scene.now, t);
    rows.push({ ...row("agent", icon, t("Agent"), words, words, true), opens: "showAgent" });
  }
  if (task) rows.push(row("task", "tasklist", t("Task"), task));
  if (owner) rows.push(row("owner", "robot", t("Owner"), ownerInWords(owner, t)));
  if (worktree.isMain) rows.push(row("target", "target", t("Target"), targetInWords(scene)));
  else rows.push(row("base", "git-commit", t("Base"), baseInWords(worktree, scene)));
  if (!worktree.missing) {
    const icon: Icon = stale ? { id: "history", color: warning } : { id: "compare-changes" };
    const commits = distanceInWords(worktree, scene);
    rows.push(row("commits", icon, t("Commits"), commits, stale ? staleInWords(scene) : commits));
    const dirty = isDirty(worktree);
    rows.push(
      row("files", dirty ? "edit" : "check", t("Files"), filesInWords(worktree, scene), undefined, dirty),
    );
  }
  if (landed) rows.push(row("landed", "git-merge", t("Merged"), landedInWords(landed, scene)));
  const { pull } = worktree;
  if (pull?.pull) {
    const words = pullInWords(pull, scene.now, t);
    const icon = pull.outlived ? { id: "warning", color: warning } : pullIcon(pull.pull);
    const recoverable = pull.outlived && isRecoverable(worktree, scene.limit);
    const can = [...pullCapabilities(pull.pull), ...(recoverable ? ["recoverable"] : [])];
    rows.push({ ...row("pull", icon, t("Pull request"), words), context: `;detail;${can.join(";")};` });
  }
  if (remoteAhead)
    rows.push(
      row("remote", { id: "cloud-download", color: warning }, t("Remote"), remoteInWords(remoteAhead, t)),
    );
  if (lockedBecause !== null)
    rows.push(row("lock", "lock", t("Locked"), lockedBecause || t("no reason given"), undefined, true));
  if (setup) {
    const icon: Icon =
      setup.state === "passed" ? { id: "pass" } : { id: "error", color: "list.errorForeground" };
    rows.push(row("setup", icon, t("Setup"), setupInWords(setup.state, t), undefined, true));
  }
  const place: Icon = worktree.missing ? { id: "warning", color: warning } : { id: "folder" };
  rows.push(row("folder", place, t("Folder"), worktree.path));
  return rows;
}

function recoveryRow(recovery: RecoveryFact, { t }: Scene): Detail {
  const words = recoveryInShort(recovery, t) ?? "";
  const context = `;${["detail", "recovery", ...recoveryCapabilities(recovery)].join(";")};`;
  const told = { ...row("recovery", recoveryIcon(recovery), t("Recovery"), words), context };
  return recovery.here && recovery.state === "conflict" ? { ...told, opens: "openConflicts" } : told;
}
