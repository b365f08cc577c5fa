import { Fleet } from "../fleet/index";
import { listWorktrees } from "../git/worktreeList";
import type { Outcome } from "../model/outcome";
import { type Removed, removeWorktree } from "../worktrees/remove";
import { removeMerged } from "../worktrees/removeMerged";
import type { Answer, Command, Context } from "./command";
import { findWorktree } from "./findWorktree";
import { count, printable } from "./words";

export const remove: Command = {
  name: "remove",
  summary: "a worktree that is done with, or all that are merged; undo brings it back",
  usage: "NAME | --merged",
  help: [
    ["NAME", "the folder's path or name, or the branch"],
    ["--merged", "all whose work is in the target"],
    ["--keep-branch", "remove the folder only"],
    ["--anyway", "also with uncommitted or unmerged work, which is kept for undo"],
  ],
  options: { merged: { type: "boolean" }, "keep-branch": { type: "boolean" }, anyway: { type: "boolean" } },
  names: [0, 1],
  async run(context: Context): Promise<Answer> {
    const [name] = context.positionals;
    const { merged, anyway, "keep-branch": keepBranch } = context.values;
    if ((name === undefined) === (merged !== true) || (merged && (anyway || keepBranch))) {
      const hint = "Usage: agent-foreman remove NAME | --merged";
      return {
        exitCode: 2,
        refusal: { code: "bad-arguments", message: "Give a name, or --merged alone.", hint },
      };
    }
    if (name === undefined) return removeAllMerged(context);
    const found = findWorktree(await listWorktrees(context.repo), name, context.cwd);
    if (!found.ok) return { exitCode: 2, refusal: found.refusal };
    const result = await removeWorktree(context.repo, found.value.path, {
      anyway: anyway === true,
      keepBranch: keepBranch === true,
      signal: context.signal,
    });
    if (!result.ok) return { exitCode: 1, refusal: result.refusal };
    return answer([{ path: found.value.path, result }]);
  },
};

async function removeAllMerged(context: Context): Promise<Answer> {
  const fleet = new Fleet(context.repo);
  await fleet.refresh();
  const { worktrees, problem } = fleet.snapshot;
  fleet.dispose();
  if (problem) return { exitCode: 2, refusal: problem };
  const paths = worktrees.filter(({ landed }) => landed?.state === "landed").map((worktree) => worktree.path);
  return answer(await removeMerged(context.repo, paths, { signal: context.signal }));
}

function reflogOnly(commits: number): string {
  const had = `${count(commits, "commit")} that only the reflog had`;
  return `${had} ${commits === 1 ? "is" : "are"} kept too.`;
}

function answer(results: readonly { path: string; result: Outcome<Removed> }[]): Answer {
  const removed = results.flatMap(({ result }) => (result.ok ? [result.value] : []));
  const refused = results.flatMap(({ path, result }) => (result.ok ? [] : [{ path, ...result.refusal }]));
  const lines = [
    ...removed.flatMap((gone) => [
      `Removed ${printable(gone.path)}${gone.branchDeleted ? ` and branch ${printable(gone.branch ?? "")}` : ""}.`,
      ...gone.warnings.map(({ message }) => `  ${printable(message)}`),
      ...(gone.leftover ? [`  Could not delete all of it: ${printable(gone.leftover)}`] : []),
      ...(gone.goneFolders.length > 0
        ? [`  Not kept, can be made again: ${gone.goneFolders.map(printable).join(", ")}`]
        : []),
      ...(gone.reflogCommits > 0 ? [`  ${reflogOnly(gone.reflogCommits)}`] : []),
      `  Rescued as ${printable(gone.rescueRef)}; agent-foreman undo ${gone.id} brings it back.`,
    ]),
    ...refused.map(({ path, message }) => `Kept ${printable(path)}: ${printable(message)}`),
    ...(results.length === 0 ? ["No worktree is merged."] : []),
    ...(results.length > 1 ? [`${count(removed.length, "worktree")} removed, ${refused.length} kept.`] : []),
  ];
  return {
    exitCode: refused.length > 0 ? 1 : 0,
    document: { schemaVersion: 1, removed, refused },
    text: `${lines.join("\n")}\n`,
  };
}
