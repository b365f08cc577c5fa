import type { RecoveryFact } from "../../model/recovery";
import type { Worktree } from "../../model/worktree";
import type { Translate } from "../translate";
import type { Icon } from "../tree/row";

/** "recovering agent/x: 2 of 5, conflict in a.ts": where it stands, for a row; null: none is open. */
export function recoveryInShort(recovery: RecoveryFact | null, t: Translate): string | null {
  if (!recovery) return null;
  const { branch, newBranch, here, state, at, of, paths } = recovery;
  if (!here) return t("being recovered as {0}", newBranch);
  const [first = "", ...others] = paths;
  switch (state) {
    case "running":
      return t("recovering {0}: {1} of {2}", branch, at, of);
    case "conflict":
      return others.length > 0
        ? t("recovering {0}: {1} of {2}, conflict in {3} and {4} more", branch, at, of, first, others.length)
        : t("recovering {0}: {1} of {2}, conflict in {3}", branch, at, of, first);
    case "settled":
      return t("recovering {0}: {1} of {2}, settled, continue", branch, at, of);
    case "stopped":
      return t("recovering {0}: stopped at {1} of {2}, continue", branch, at, of);
    case "aborting":
      return t("recovery of {0} is half taken back, abort again", branch);
  }
}

/** "recovered as agent/x-recovered"; null: it was not. */
export function recoveredInShort(
  { recoveredAs }: Pick<Worktree, "recoveredAs">,
  t: Translate,
): string | null {
  return recoveredAs === null ? null : t("recovered as {0}", recoveredAs);
}

export function recoveryIcon({ state }: RecoveryFact): Icon {
  if (state === "running") return { id: "sync~spin" };
  if (state === "conflict") return { id: "warning", color: "list.errorForeground" };
  return { id: "debug-pause", color: "list.warningForeground" };
}

/** What can be done about it; menus match `/;recovering;/`. */
export function recoveryCapabilities(recovery: RecoveryFact | null): string[] {
  if (!recovery?.here || recovery.state === "running") return [];
  if (recovery.state === "aborting") return ["abortable"];
  return ["recovering", "abortable", ...(recovery.state === "stopped" ? [] : ["settling"])];
}
