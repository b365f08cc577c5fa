import type { NeedReason } from "../../fleet/needsYou";
import type { Translate } from "../translate";
import type { Icon } from "../tree/row";

export const needIcons: Readonly<Record<NeedReason, Icon>> = {
  losses: { id: "error", color: "list.errorForeground" },
  recovery: { id: "debug-pause", color: "list.warningForeground" },
  "merged-already": { id: "warning", color: "list.errorForeground" },
  conflict: { id: "warning", color: "list.errorForeground" },
  "agent-waiting": { id: "bell", color: "list.warningForeground" },
  "checks-failed": { id: "error", color: "list.errorForeground" },
  "pull-conflict": { id: "warning", color: "list.errorForeground" },
  "changes-requested": { id: "request-changes", color: "list.warningForeground" },
  findings: { id: "comment-unresolved", color: "list.warningForeground" },
  overlap: { id: "warning", color: "list.warningForeground" },
  "not-done": { id: "checklist", color: "list.warningForeground" },
  missing: { id: "warning", color: "list.warningForeground" },
  "remote-ahead": { id: "cloud-download", color: "list.warningForeground" },
  "stale-base": { id: "history", color: "list.warningForeground" },
};

/** Why a person has to look, where there is no more to say than that. */
export function reasonInWords(reason: NeedReason, t: Translate): string {
  const words: Readonly<Record<NeedReason, string>> = {
    losses: t("would delete what others shipped"),
    recovery: t("a recovery waits for you"),
    "merged-already": t("goes on after its pull request was merged"),
    conflict: t("is in the middle of a conflict"),
    "agent-waiting": t("its agent waits for your answer"),
    "checks-failed": t("checks failed"),
    "pull-conflict": t("its pull request is in conflict"),
    "changes-requested": t("changes requested"),
    findings: t("has findings that nobody decided on"),
    overlap: t("would conflict with another branch"),
    "not-done": t("is not done"),
    missing: t("folder is missing"),
    "remote-ahead": t("somebody else pushed to its branch"),
    "stale-base": t("is built on an old state"),
  };
  return words[reason];
}
