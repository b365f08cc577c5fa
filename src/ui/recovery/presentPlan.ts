import type { RecoverDocument, RecoveryCommit } from "../../model/recovery";
import type { Oid } from "../../model/worktree";
import type { Translate } from "../translate";
import { amount } from "../tree/losses";
import { shortOid } from "../tree/row";

/** One row of the plan, which a person may tick or not. */
export interface PlanRow {
  /** A commit's id, or what else is decided. */
  readonly id: Oid | "files" | "push";
  readonly label: string;
  /** What happens to it. */
  readonly description: string;
  /** Why. */
  readonly detail: string;
  readonly icon: string;
  readonly ticked: boolean;
}

export interface PlanScene {
  /** The pull requests of the landings, by their commits. */
  readonly pulls: ReadonlyMap<Oid, number>;
  /** Where the new branch would be pushed; null: there is no remote. */
  readonly remote: string | null;
  readonly t: Translate;
}

/** The plan of a recovery as rows: its commits, oldest first, then what else comes along, then the push. */
export function planRows(document: RecoverDocument, scene: PlanScene): PlanRow[] {
  const { uncommitted } = document;
  return [
    ...document.commits.map((commit) => commitRow(commit, scene)),
    ...(uncommitted ? [filesRow(uncommitted, scene.t)] : []),
    ...(scene.remote === null ? [] : [pushRow(document, scene.remote, scene.t)]),
  ];
}

function commitRow(commit: RecoveryCommit, { pulls, t }: PlanScene): PlanRow {
  const { oid, subject, author, fate, reason, landedAs } = commit;
  const pull = landedAs === null ? undefined : pulls.get(landedAs);
  const landed =
    landedAs === null
      ? t("left out")
      : t("left out, landed as {0}", pull === undefined ? shortOid(landedAs) : `#${pull}`);
  const fates: Readonly<Record<RecoveryCommit["fate"], readonly [words: string, icon: string]>> = {
    pick: [t("comes along"), "git-commit"],
    drop: [landed, "circle-slash"],
    ask: [t("was taken back: tick it to take it again"), "question"],
    conflict: [t("comes along, but conflicts: you settle it"), "warning"],
  };
  const [description, icon] = fates[fate];
  return {
    id: oid,
    label: subject || shortOid(oid),
    description,
    detail: author === "" ? reason : `${author} · ${reason}`,
    icon,
    ticked: comes(commit),
  };
}

function comes({ fate }: Pick<RecoveryCommit, "fate">): boolean {
  return fate === "pick" || fate === "conflict";
}

function filesRow({ files, fate }: NonNullable<RecoverDocument["uncommitted"]>, t: Translate): PlanRow {
  const words = {
    carry: t("come along, uncommitted as they are"),
    conflict: t("do not fit, and stay where they are"),
    drop: t("stay where they are"),
  };
  return {
    id: "files",
    label: files === 1 ? t("1 uncommitted file") : t("{0} uncommitted files", files),
    description: words[fate],
    detail: t("They are copied; the old worktree keeps them too."),
    icon: "edit",
    ticked: fate === "carry",
  };
}

/** Ticked where there is nothing that a person should look at first. */
function pushRow(document: RecoverDocument, remote: string, t: Translate): PlanRow {
  const { newBranch, onto, check, verified, notes, conflicts } = document;
  const isPlain = verified && conflicts.length === 0 && check?.losses.length === 0;
  return {
    id: "push",
    label: t("Push {0} to {1}", newBranch, remote),
    description: t("never by force"),
    detail: [t("Only if {0} would lose nothing by it.", onto.ref), ...notes].join(" "),
    icon: "repo-push",
    ticked: isPlain,
  };
}

/** What the plan comes to, in a line. */
export function planInShort({ commits, conflicts, check, onto }: RecoverDocument, t: Translate): string {
  const coming = commits.filter(comes).length;
  if (coming === 0) return t("{0} has all of it already. Tick what is to come along all the same.", onto.ref);
  const share = t("{0} of {1} commits come along", coming, commits.length);
  if (check && check.losses.length > 0)
    return t("{0}; {1} would still lose {2}.", share, onto.ref, amount(check.losses, t));
  if (conflicts.length > 0) return t("{0}; there are conflicts for you to settle.", share);
  return check ? t("{0}; {1} would lose nothing.", share, onto.ref) : `${share}.`;
}

/** What a person said by ticking, as far as it differs from the plan. */
export interface Choices {
  readonly take: readonly Oid[];
  readonly leave: readonly Oid[];
  readonly uncommitted: boolean;
  readonly push: boolean;
}

export function choicesOf({ commits }: RecoverDocument, ticked: ReadonlySet<string>): Choices {
  return {
    take: commits.filter((commit) => ticked.has(commit.oid) && !comes(commit)).map(({ oid }) => oid),
    leave: commits.filter((commit) => !ticked.has(commit.oid) && comes(commit)).map(({ oid }) => oid),
    uncommitted: ticked.has("files"),
    push: ticked.has("push"),
  };
}
