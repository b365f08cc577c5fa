import { agentLabel } from "../../agents/known";
import { isStale } from "../../fleet/needsYou";
import { isBeingMade } from "../../fleet/recoverable";
import type { Landed, Owner, Worktree } from "../../model/worktree";
import { agentInWords } from "../agents/words";
import { escapeMarkdown } from "../markdown";
import { pullInWords } from "../pulls/words";
import { recoveredInShort, recoveryInShort } from "../recovery/words";
import type { Translate } from "../translate";
import { fetched } from "./age";
import { doneInShort } from "./done";
import { changes, distanceInWords, howLanded, setupInWords } from "./facts";
import { looksOnlyInShort } from "./looksOnly";
import { amount, filesInAll, lossesInShort } from "./losses";
import { overlapsInWords } from "./overlaps";
import { type Scene, shortOid, shortRef, whereabouts } from "./row";

/** Everything that is known of a worktree, and what is not, as Markdown. */
export function tooltip(worktree: Worktree, scene: Scene): string {
  const { t } = scene;
  const lines: [string, string | null][] = [
    [t("Branch"), whereabouts(worktree, t)],
    [t("Recovery"), recoveryInShort(worktree.recovery, t) ?? recoveredInShort(worktree, t)],
    [t("Losses"), isBeingMade(worktree) ? null : checkInWords(worktree, scene)],
    [t("Plain diff"), worktree.check && looksOnlyInShort(worktree.check, t)],
    [t("Overlap"), overlapsInWords(worktree, scene.names, t)],
    [t("Done"), doneInShort(worktree.done, t)],
    [t("Agent"), worktree.run && agentInWords(worktree.run, scene.now, t)],
    [t("Task"), worktree.task],
    [t("Owner"), worktree.owner && ownerInWords(worktree.owner, t)],
    [t("Target"), worktree.isMain ? targetInWords(scene) : null],
    [t("Base"), worktree.isMain ? null : baseInWords(worktree, scene)],
    [t("Commits"), worktree.missing ? null : distanceInWords(worktree, scene)],
    [t("Stale"), isStale(worktree, scene.limit) ? staleInWords(scene) : null],
    [t("Merged"), worktree.landed && landedInWords(worktree.landed, scene)],
    [t("Pull request"), worktree.pull && pullInWords(worktree.pull, scene.now, t)],
    [t("Remote"), worktree.remoteAhead ? remoteInWords(worktree.remoteAhead, t) : null],
    [t("Files"), filesInWords(worktree, scene)],
    [t("Setup"), worktree.setup && setupInWords(worktree.setup.state, t)],
    [t("Locked"), worktree.lockedBecause === null ? null : worktree.lockedBecause || t("no reason given")],
    [t("Folder"), worktree.path],
  ];
  const body = lines
    .filter((line): line is [string, string] => line[1] !== null)
    .map(([name, value]) => `${escapeMarkdown(name)}: ${escapeMarkdown(value)}`);
  return [`**${escapeMarkdown(worktree.name)}**`, body.join("  \n")].join("\n\n");
}

/** What landing would cost the target, also where that is nothing; null where it was not asked. */
export function checkInWords(
  { check }: Pick<Worktree, "check">,
  { target, t }: Pick<Scene, "target" | "t">,
): string | null {
  if (!check) return null;
  const ref = target ? shortRef(target.ref) : "";
  const words =
    lossesInShort(check, t) ??
    (check.conflicts.length > 0
      ? t("conflicts with {0} in {1}", ref, filesInAll(check.conflicts.length, t))
      : check.questions.length > 0
        ? t("{0} would go; meant?", amount(check.questions, t))
        : t("none: {0} would keep all that it has", ref));
  return check.worktree ? t("{0} (what is not committed included)", words) : words;
}

export function ownerInWords({ agent, how }: Owner, t: Translate): string {
  const name = agent === "person" ? t("a person") : agentLabel(agent);
  const told: Readonly<Record<Owner["how"], string>> = {
    record: t("{0}, noted when it was made", name),
    place: t("{0}, by the place of the folder", name),
    branch: t("{0}, by the name of the branch", name),
    lock: t("{0}, by the lock's reason", name),
  };
  return told[how];
}

export function baseInWords({ base }: Worktree, { now, t }: Pick<Scene, "now" | "t">): string {
  if (!base) return t("not noted: it was made by another tool");
  return t("{0} of {1}, {2}", shortOid(base.oid), shortRef(base.ref), fetched(base.fetchedAt, now, t));
}

/** What all worktrees are compared with, and how old that knowledge is. */
export function targetInWords({ target, now, t }: Pick<Scene, "target" | "now" | "t">): string {
  if (!target) return t("not known: the repo does not tell where work will merge");
  const at = `${shortRef(target.ref)} (${shortOid(target.oid)})`;
  return target.ref.startsWith("refs/remotes/") ? `${at}, ${fetched(target.fetchedAt, now, t)}` : at;
}

export function staleInWords({ target, t }: Pick<Scene, "target" | "t">): string {
  const ref = target ? shortRef(target.ref) : "";
  return t("{0} has moved far on; bring its commits in before more work is built on the old state", ref);
}

export function landedInWords(landed: Landed, { target, t }: Pick<Scene, "target" | "t">): string {
  const ref = target ? shortRef(target.ref) : "";
  switch (landed.state) {
    case "empty":
      return t("nothing to merge: the branch has no commit of its own");
    case "open":
      return t("no; commits that are not in {1}: {0}", landed.own, ref);
    case "unknown":
      return t("not known: {0}", landed.why);
    case "landed": {
      const commits = landed.as.map(shortOid).slice(0, 3).join(", ");
      const how = howLanded(landed.how, t);
      return commits ? t("{0} into {1} as {2}", how, ref, commits) : t("{0} into {1}", how, ref);
    }
  }
}

export function remoteInWords(count: number, t: Translate): string {
  return t("commits that only its branch on the remote has: {0}", count);
}

export function filesInWords({ dirt, missing }: Worktree, { complete, t }: Scene): string {
  if (missing) return t("the folder is missing");
  if (!dirt) return complete ? t("not known: git could not read the folder") : t("being read…");
  return changes(dirt, t) ?? t("nothing changed");
}
