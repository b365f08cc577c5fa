import { undoRemoval } from "../worktrees/undo";
import type { Answer, Command, Context } from "./command";
import { printable } from "./words";

export const undo: Command = {
  name: "undo",
  summary: "brings back the worktree that was removed last, or the one with that id",
  usage: "[ID]",
  help: [["ID", "as remove printed it"]],
  options: {},
  names: [0, 1],
  async run(context: Context): Promise<Answer> {
    const result = await undoRemoval(context.repo, context.positionals[0], { signal: context.signal });
    if (!result.ok) return { exitCode: 2, refusal: result.refusal };
    const { path, branch, missingFolders } = result.value;
    const lines = [
      `Brought back ${printable(path)}${branch === null ? "" : ` with branch ${printable(branch)}`}.`,
      ...(missingFolders.length > 0
        ? [`  Not kept, to be made again: ${missingFolders.map(printable).join(", ")}`]
        : []),
    ];
    return {
      exitCode: 0,
      document: { schemaVersion: 1, restored: result.value },
      text: `${lines.join("\n")}\n`,
    };
  },
};
