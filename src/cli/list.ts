import { agentLabel } from "../agents/known";
import { Fleet, type Snapshot, type SupervisedPull } from "../fleet/index";
import { type Need, needsYou, usualLimit } from "../fleet/needsYou";
import { recoverCommand } from "../losses/remedy";
import type { AgentRun } from "../model/agent";
import type { CheckDocument } from "../model/check";
import type { Refusal } from "../model/outcome";
import type { PullFact, PullRequest } from "../model/pull";
import type { Landed, Worktree } from "../model/worktree";
import type { Answer, Command, Context } from "./command";
import { overlapText } from "./overlapText";
import { ago, count, printable, table } from "./words";

export const list: Command = {
  name: "list",
  summary: "every worktree of the repo, whoever made it, and what is known of it",
  usage: "",
  help: [
    ["--fetch", "fetch the target first"],
    ["--check", "check what the target would lose to each branch"],
    ["--overlap", "compare the branches: who changes the same lines, which two would conflict"],
    ["--github", "ask GitHub about pull requests, and fetch those without a worktree (GITHUB_TOKEN)"],
  ],
  options: {
    fetch: { type: "boolean" },
    check: { type: "boolean" },
    overlap: { type: "boolean" },
    github: { type: "boolean" },
  },
  names: [0, 0],
  async run(context: Context): Promise<Answer> {
    const fleet = new Fleet(context.repo);
    context.signal.addEventListener("abort", () => fleet.dispose(), { once: true });
    try {
      if (context.values.fetch === true) {
        const fetched = await fleet.fetch({ timeoutMs: fetchTimeoutMs });
        if (!fetched.ok) return { exitCode: 2, refusal: fetched.refusal };
      }
      await fleet.refresh();
      if (context.values.github === true) {
        const refusal = await askGitHub(fleet);
        if (refusal) return { exitCode: 2, refusal };
      }
      if (context.values.check === true) await fleet.check();
      if (context.values.overlap === true) await fleet.compare();
      const { snapshot } = fleet;
      if (snapshot.notes.fault)
        context.note(`What was muted could not be read: ${printable(snapshot.notes.fault)}`);
      if (snapshot.problem) return { exitCode: 2, refusal: snapshot.problem };
      const overlapsOf = context.values.overlap === true ? overlapsIn(snapshot) : () => [];
      return { exitCode: 0, document: listDocument(snapshot), text: listText(snapshot, overlapsOf) };
    } finally {
      fleet.dispose();
    }
  },
};

const fetchTimeoutMs = 20_000;

/** Null when GitHub was asked and said all, or there is none to ask. */
async function askGitHub(fleet: Fleet): Promise<Refusal | null> {
  const { gitHubFromEnvironment } = await import("../github/client");
  await fleet.askPulls(async (slug) => gitHubFromEnvironment(slug, process.env) ?? "signed-out");
  const { github } = fleet.snapshot;
  if (!github?.signedOut) return github?.problem ?? null;
  const hint =
    "Set GITHUB_TOKEN (for another server GH_HOST and GH_ENTERPRISE_TOKEN), or leave --github out.";
  return { code: "no-token", message: `There is no token for ${github.slug.host}.`, hint };
}

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
      state: worktree.run?.state ?? null,
      run: worktree.run,
      ahead: worktree.ahead,
      behind: worktree.behind,
      remoteAhead: worktree.remoteAhead,
      dirty: worktree.dirt,
      landed: worktree.landed,
      locked: worktree.lockedBecause,
      missing: worktree.missing,
      verdict: worktree.check?.verdict ?? null,
      pr: prDocument(worktree.pull),
      overlaps: worktree.overlaps,
      recovery: worktree.recovery,
      recoveredAs: worktree.recoveredAs,
    })),
    pulls: snapshot.github?.askedAt
      ? snapshot.pulls.map(({ pull, asOf, check, overlaps }) => ({
          ...withoutBody(pull),
          asOf,
          verdict: check?.verdict ?? null,
          overlaps,
        }))
      : null,
    needsYou: needsYou(snapshot, usualLimit),
  };
}

/** Null: not known; `{"state": "none"}`: the branch has none. */
function prDocument(fact: PullFact | null): object | null {
  if (!fact) return null;
  const { pull, asOf, outlived } = fact;
  return { ...(pull ? withoutBody(pull) : { state: "none" }), asOf, outlived };
}

/** What somebody wrote at length is read elsewhere. */
function withoutBody({ body: _, ...pull }: PullRequest): object {
  return pull;
}

/** The same for a person: a line a worktree. */
function listText(snapshot: Snapshot, overlapsOf: OverlapsOf): string {
  const rows = snapshot.worktrees.map((worktree) => [
    printable(worktree.name),
    worktree.bare ? "(bare)" : worktree.branch === null ? "(detached)" : printable(worktree.branch),
    worktree.ahead === null || worktree.behind === null ? "?" : `↑${worktree.ahead} ↓${worktree.behind}`,
    [...facts(worktree), ...overlapsOf(worktree)].join(", "),
  ]);
  const { target } = snapshot;
  const into = target
    ? `Merges into ${printable(target.ref.replace(/^refs\/(heads|remotes)\//, ""))} at ${target.oid.slice(0, 8)}` +
      (target.fetchedAt ? `, fetched ${ago(target.fetchedAt)}.` : ".")
    : "Where work merges is not known: this repo names no default branch.";
  return `${table(rows)}\n\n${pullsText(snapshot, overlapsOf)}${needsText(snapshot)}${into}\n`;
}

function needsText(snapshot: Snapshot): string {
  const needs = needsYou(snapshot, usualLimit).filter(({ muted }) => !muted);
  if (needs.length === 0) return "";
  const name = ({ path, pull }: Need) =>
    printable(snapshot.worktrees.find((worktree) => worktree.path === path)?.name ?? `#${pull}`);
  return `Needs you:\n${table(needs.map((need) => [name(need), need.reasons.join(", ")]))}\n\n`;
}

type OverlapsOf = (branch: Pick<Worktree, "overlaps">) => string[];

/** In words: a worktree is called by its name, a pull request by its number. */
function overlapsIn({ worktrees }: Snapshot): OverlapsOf {
  const names = new Map(worktrees.map(({ path, name }) => [path, name]));
  const nameOf = (id: string): string => printable(names.get(id) ?? id);
  return ({ overlaps }) => (overlaps ? overlapText(overlaps, nameOf) : ["overlaps not known"]);
}

function pullsText({ pulls, openPulls, github }: Snapshot, overlapsOf: OverlapsOf): string {
  if (pulls.length === 0) return "";
  const rows = pulls.map(({ pull, check, overlaps }: SupervisedPull) => [
    `#${pull.number}`,
    printable(pull.title),
    printable(pull.author ?? ""),
    [...pullFacts(pull), ...checkText(check), ...overlapsOf({ overlaps })].join(", "),
  ]);
  const host = github ? printable(github.slug.host) : "";
  const more =
    openPulls > 300 ? `\n${count(openPulls, "pull request")} are open on ${host}; not all are listed.` : "";
  return `Open pull requests without a worktree:\n${table(rows)}${more}\n\n`;
}

function pullFacts({ draft, checks, review, mergeable, autoMerge, state }: PullRequest): string[] {
  if (state !== "open") return [state];
  const { failed } = checks;
  return [
    ...(draft ? ["draft"] : []),
    ...(checks.state === "failed"
      ? [`checks failed${failed.length > 0 ? `: ${failed.map(printable).join(", ")}` : ""}`]
      : []),
    ...(checks.state === "pending" ? ["checks running"] : []),
    ...(checks.state === "passed" ? ["checks passed"] : []),
    ...(mergeable === "conflict" ? ["conflicts"] : []),
    ...(review ? [review.replace("-", " ")] : []),
    ...(autoMerge ? ["auto-merge armed"] : []),
  ];
}

function pullText({ pull: fact, branch }: Pick<Worktree, "pull" | "branch">): string[] {
  if (!fact?.pull) return [];
  const { pull, asOf, outlived } = fact;
  const words = [`PR #${pull.number}`, ...pullFacts(pull), ...(asOf ? [`as of ${ago(asOf)}`] : [])];
  const rescue = branch === null ? "" : `: ${printable(recoverCommand(branch, null))}`;
  return [words.join(" "), ...(outlived ? [`IS MERGED, what is pushed now reaches nobody${rescue}`] : [])];
}

function recoveryText({ recovery, recoveredAs }: Worktree): string[] {
  if (!recovery) return recoveredAs === null ? [] : [`recovered as ${printable(recoveredAs)}`];
  const { here, newBranch, branch, state, at, of } = recovery;
  if (!here) return [`being recovered as ${printable(newBranch)}`];
  const verb = state === "aborting" ? "--abort" : "--continue";
  const next = state === "running" ? "" : `: agent-foreman recover ${printable(branch)} ${verb}`;
  return [`RECOVERY of ${printable(branch)}, ${at} of ${of}, ${state}${next}`];
}

function facts(worktree: Worktree): string[] {
  const { dirt, owner, base } = worktree;
  const changed = dirt && dirt.staged + dirt.changed + dirt.untracked + dirt.conflicted;
  return [
    ...(worktree.isMain ? ["main worktree"] : []),
    ...(owner ? [agentLabel(owner.agent)] : []),
    ...(worktree.run ? [agentText(worktree.run)] : []),
    ...(worktree.missing ? ["folder is missing"] : []),
    ...(changed === null ? (worktree.missing || worktree.bare ? [] : ["changes not known"]) : []),
    ...(changed ? [count(changed, "uncommitted file")] : []),
    ...(dirt?.conflicted ? [count(dirt.conflicted, "conflict")] : []),
    ...(worktree.landed ? [landedText(worktree.landed)] : []),
    ...checkText(worktree.check),
    ...pullText(worktree),
    ...recoveryText(worktree),
    ...(worktree.remoteAhead ? [`remote has ${count(worktree.remoteAhead, "commit")} more`] : []),
    ...(worktree.lockedBecause === null
      ? []
      : [worktree.lockedBecause ? `locked: ${printable(worktree.lockedBecause)}` : "locked"]),
    ...(base
      ? [`base ${base.oid.slice(0, 8)}${base.fetchedAt ? ` fetched ${ago(base.fetchedAt)}` : ""}`]
      : []),
  ];
}

function agentText({ agent, state, since }: AgentRun): string {
  const words: Readonly<Record<AgentRun["state"], string>> = {
    working: "works",
    waiting: "WAITS FOR YOU",
    idle: "is idle",
    gone: "is gone",
    unknown: "runs, what it does is not known",
  };
  return `${agentLabel(agent)} ${words[state]} (${ago(since)})`;
}

function checkText(check: CheckDocument | null): string[] {
  if (!check) return [];
  const { losses, questions, conflicts } = check;
  const lines = losses.reduce((sum, loss) => sum + loss.lines, 0);
  return [
    ...(losses.length > 0 ? [`WOULD LOSE ${count(lines, "line")} in ${count(losses.length, "file")}`] : []),
    ...(conflicts.length > 0 ? [`conflicts in ${count(conflicts.length, "file")}`] : []),
    ...(questions.length > 0 ? [count(questions.length, "question")] : []),
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
