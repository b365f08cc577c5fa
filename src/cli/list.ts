import { agentLabel } from "../agents/known";
import { Fleet, type Snapshot } from "../fleet/index";
import type { Landed, Worktree } from "../model/worktree";
import type { Answer, Command, Context } from "./command";
import { ago, count, printable, table } from "./words";

export const list: Command = {
  name: "list",
  summary: "every worktree of the repo, whoever made it, and what is known of it",
  usage: "",
  help: [],
  options: {},
  names: [0, 0],
  async run(context: Context): Promise<Answer> {
    const fleet = new Fleet(context.repo);
    await fleet.refresh();
    const { snapshot } = fleet;
    fleet.dispose();
    if (snapshot.problem) return { exitCode: 2, refusal: snapshot.problem };
    return { exitCode: 0, document: listDocument(snapshot), text: listText(snapshot) };
  },
};

/** The `list` document: null is "not known", never "none". */
export function listDocument(snapshot: Snapshot): object {
  return {
    schemaVersion: 1,
    target: snapshot.target,
    worktrees: snapshot.worktrees.map((worktree) => ({
      name: worktree.name,
      path: worktree.path,
      branch: worktree.branch,
      head: worktree.head,
      isMain: worktree.isMain,
      base: worktree.base,
      agent: worktree.owner?.agent ?? null,
      agentKnownBy: worktree.owner?.how ?? null,
      task: worktree.task,
      state: null,
      ahead: worktree.ahead,
      behind: worktree.behind,
      remoteAhead: worktree.remoteAhead,
      dirty: worktree.dirt,
      landed: worktree.landed,
      locked: worktree.lockedBecause,
      missing: worktree.missing,
      verdict: null,
      pr: null,
      overlaps: null,
    })),
    needsYou: [],
  };
}

/** The same for a person: a line a worktree. */
export function listText(snapshot: Snapshot): string {
  const rows = snapshot.worktrees.map((worktree) => [
    printable(worktree.name),
    worktree.bare ? "(bare)" : worktree.branch === null ? "(detached)" : printable(worktree.branch),
    worktree.ahead === null || worktree.behind === null ? "?" : `↑${worktree.ahead} ↓${worktree.behind}`,
    facts(worktree).join(", "),
  ]);
  const { target } = snapshot;
  const into = target
    ? `Merges into ${printable(target.ref.replace(/^refs\/(heads|remotes)\//, ""))} at ${target.oid.slice(0, 8)}` +
      (target.fetchedAt ? `, fetched ${ago(target.fetchedAt)}.` : ".")
    : "Where work merges is not known: this repo names no default branch.";
  return `${table(rows)}\n\n${into}\n`;
}

function facts(worktree: Worktree): string[] {
  const { dirt, owner, base } = worktree;
  const changed = dirt && dirt.staged + dirt.changed + dirt.untracked + dirt.conflicted;
  return [
    ...(worktree.isMain ? ["main worktree"] : []),
    ...(owner ? [agentLabel(owner.agent)] : []),
    ...(worktree.missing ? ["folder is missing"] : []),
    ...(changed === null ? (worktree.missing || worktree.bare ? [] : ["changes not known"]) : []),
    ...(changed ? [count(changed, "uncommitted file")] : []),
    ...(dirt?.conflicted ? [count(dirt.conflicted, "conflict")] : []),
    ...(worktree.landed ? [landedText(worktree.landed)] : []),
    ...(worktree.remoteAhead ? [`remote has ${count(worktree.remoteAhead, "commit")} more`] : []),
    ...(worktree.lockedBecause === null
      ? []
      : [worktree.lockedBecause ? `locked: ${printable(worktree.lockedBecause)}` : "locked"]),
    ...(base
      ? [`base ${base.oid.slice(0, 8)}${base.fetchedAt ? ` fetched ${ago(base.fetchedAt)}` : ""}`]
      : []),
  ];
}

function landedText(landed: Landed): string {
  switch (landed.state) {
    case "empty":
      return "no commits yet";
    case "landed":
      return `merged (${landed.how})`;
    case "open":
      return count(landed.own, "unmerged commit");
    case "unknown":
      return `merged or not: unknown (${printable(landed.why)})`;
  }
}
