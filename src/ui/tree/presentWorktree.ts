import { isDirty, type NeedReason, worktreeReasons } from "../../fleet/needsYou";
import { isBeingMade } from "../../fleet/recoverable";
import type { Worktree } from "../../model/worktree";
import { agentIcon, agentInShort, agentInWords } from "../agents/words";
import { needIcons } from "../needsYou/words";
import { pullInShort, pullInWords } from "../pulls/words";
import { recoveredInShort, recoveryIcon, recoveryInShort } from "../recovery/words";
import { capabilities } from "./capabilities";
import { baseAge, changes, distance, distanceInWords, howLanded, setupInWords } from "./facts";
import { lossesInShort } from "./losses";
import { nameIn } from "./names";
import { conflictsInShort } from "./overlaps";
import { type Icon, type Row, type Scene, whereabouts } from "./row";
import { tooltip } from "./tooltip";

/** A worktree as a row: its name, and in a few words what is true of it now. */
export function presentWorktree(worktree: Worktree, scene: Scene): Row {
  const needs = worktreeReasons(worktree, scene.limit);
  const isCurrent = scene.current.has(worktree.path);
  return {
    label: nameIn(worktree, scene.twins),
    description: describe(worktree, scene, isCurrent).join(" · "),
    icon: icon(worktree, needs, scene),
    tooltip: tooltip(worktree, scene),
    spoken: speak(worktree, scene, isCurrent).join(", "),
    context: capabilities(worktree, isCurrent, scene.limit),
  };
}

function describe(worktree: Worktree, scene: Scene, isCurrent: boolean): string[] {
  const { t } = scene;
  const landed = worktree.landed?.state === "landed" ? worktree.landed : null;
  // The branch is named where the folder's name does not tell it.
  const named = worktree.branch === worktree.name || worktree.branch?.endsWith(`/${worktree.name}`);
  return present([
    isCurrent && t("this window"),
    worktree.run && agentInShort(worktree.run, t),
    recoveryInShort(worktree.recovery, t),
    recoveredInShort(worktree, t),
    !isBeingMade(worktree) && lossesInShort(worktree.check, t),
    conflictsInShort(worktree, scene.names, t),
    !named && whereabouts(worktree, t),
    worktree.missing && t("folder is missing"),
    worktree.lockedBecause !== null && t("locked"),
    landed && howLanded(landed.how, t),
    !landed && distance(worktree),
    pullInShort(worktree.pull, scene.now, t),
    remote(worktree, scene),
    files(worktree, scene),
    setup(worktree, scene),
    !landed && baseAge(worktree, scene),
  ]);
}

function speak(worktree: Worktree, scene: Scene, isCurrent: boolean): string[] {
  const { t } = scene;
  const landed = worktree.landed?.state === "landed" ? worktree.landed : null;
  return present([
    nameIn(worktree, scene.twins),
    isCurrent && t("open in this window"),
    worktree.run && agentInWords(worktree.run, scene.now, t),
    worktree.isMain && t("main worktree"),
    worktree.branch ? t("branch {0}", worktree.branch) : whereabouts(worktree, t),
    recoveryInShort(worktree.recovery, t),
    recoveredInShort(worktree, t),
    !isBeingMade(worktree) && lossesInShort(worktree.check, t),
    conflictsInShort(worktree, scene.names, t),
    worktree.missing && t("folder is missing"),
    worktree.lockedBecause !== null && t("locked"),
    landed ? howLanded(landed.how, t) : worktree.missing ? null : distanceInWords(worktree, scene),
    worktree.pull?.pull && t("pull request {0}", pullInWords(worktree.pull, scene.now, t)),
    remote(worktree, scene),
    files(worktree, scene) ?? (!worktree.missing && worktree.dirt && t("no changed files")),
    setup(worktree, scene),
    !landed && baseAge(worktree, scene),
  ]);
}

function remote({ remoteAhead }: Worktree, { t }: Scene): string | null {
  return remoteAhead ? t("{0} more on the remote", remoteAhead) : null;
}

function setup({ setup }: Worktree, { t }: Scene): string | null {
  return setup && setup.state !== "passed" ? setupInWords(setup.state, t) : null;
}

function files({ dirt, missing }: Worktree, { complete, t }: Scene): string | null {
  if (missing) return null;
  if (dirt === null) return complete ? t("changes not known") : "…";
  return changes(dirt, t);
}

function present(parts: readonly (string | false | null | undefined)[]): string[] {
  return parts.filter((part) => typeof part === "string" && part !== "") as string[];
}

function icon(worktree: Worktree, needs: readonly NeedReason[], scene: Scene): Icon {
  const { complete } = scene;
  if (worktree.recovery?.here) return recoveryIcon(worktree.recovery);
  const [first] = needs;
  if (first) return needIcons[first];
  if (worktree.lockedBecause !== null) return { id: "lock" };
  if (worktree.isMain) return { id: "home" };
  if (conflictsInShort(worktree, scene.names, scene.t) !== null)
    return { id: "warning", color: "list.warningForeground" };
  const agent = worktree.run && agentIcon(worktree.run);
  if (agent) return agent;
  if (isDirty(worktree)) return { id: "edit", color: "gitDecoration.modifiedResourceForeground" };
  if (worktree.dirt === null)
    return { id: complete ? "question" : "git-branch", color: "disabledForeground" };
  if (worktree.landed?.state === "landed") return { id: "git-merge", color: "charts.purple" };
  return { id: worktree.branch === null ? "git-commit" : "git-branch" };
}
