import path from "node:path";
import { knownAgents } from "../agents/known";
import { createWorktree } from "../worktrees/create";
import type { Answer, Command, Context } from "./command";
import { ago, printable } from "./words";

export const newWorktree: Command = {
  name: "new",
  summary: "a worktree with a branch of its own, off a base that is fetched now",
  usage: "NAME",
  help: [
    ["NAME", "a name, or the task in a sentence"],
    ["--task TEXT", "what it is for (default: NAME, when that is a sentence)"],
    ["--agent ID", `who will work there: ${knownAgents.map(({ id }) => id).join(", ")}`],
    ["--base REF", "what to start from (default: the remote's default branch)"],
    ["--branch NAME", "the branch's name (default: agent/ and the name)"],
    ["--path DIR", "the folder (default: beside the repo, in REPO.worktrees)"],
    ["--offline", "start from what is known, without fetching"],
    ["--timeout SECONDS", "how long the remote may take (default: 20)"],
  ],
  options: {
    task: { type: "string" },
    agent: { type: "string" },
    base: { type: "string" },
    branch: { type: "string" },
    path: { type: "string" },
    offline: { type: "boolean" },
    timeout: { type: "string" },
  },
  names: [1, 1],
  async run(context: Context): Promise<Answer> {
    const { values } = context;
    const name = context.positionals[0] ?? "";
    const text = (option: string): string | undefined => {
      const value = values[option];
      return typeof value === "string" ? value : undefined;
    };
    const agent = text("agent");
    if (agent !== undefined && !knownAgents.some(({ id }) => id === agent)) {
      return badOption(
        `There is no agent "${agent}".`,
        `Known: ${knownAgents.map(({ id }) => id).join(", ")}.`,
      );
    }
    const seconds = Number(text("timeout") ?? 20);
    if (!(seconds > 0 && seconds <= 3600)) return badOption("--timeout takes seconds, from 1 to 3600.", "");
    const task = text("task") ?? (/\s/.test(name.trim()) ? name.trim() : undefined);
    const [base, branch, at] = [text("base"), text("branch"), text("path")];
    const made = await createWorktree(
      context.repo,
      {
        name,
        fetchTimeoutMs: seconds * 1000,
        offline: values.offline === true,
        ...(task === undefined ? {} : { task }),
        ...(agent === undefined ? {} : { agent }),
        ...(base === undefined ? {} : { base }),
        ...(branch === undefined ? {} : { branch }),
        ...(at === undefined ? {} : { path: path.resolve(context.cwd, at) }),
      },
      { signal: context.signal, onProgress: context.note },
    );
    if (!made.ok) return { exitCode: 2, refusal: made.refusal };
    const { notes, setup: _, ...worktree } = made.value;
    const from = printable(worktree.base.ref.replace(/^refs\/(heads|remotes)\//, ""));
    const fetched = worktree.base.fetchedAt ? `, fetched ${ago(worktree.base.fetchedAt)}` : "";
    const lines = [
      printable(worktree.path),
      `  branch ${printable(worktree.branch)}`,
      `  base   ${from} at ${worktree.base.oid.slice(0, 8)}${fetched}`,
      ...notes.map((note) => `  note   ${printable(note)}`),
    ];
    return {
      exitCode: 0,
      document: { schemaVersion: 1, worktree, notes },
      text: `${lines.join("\n")}\n`,
    };
  },
};

function badOption(message: string, hint: string): Answer {
  return { exitCode: 2, refusal: { code: "bad-arguments", message, hint } };
}
