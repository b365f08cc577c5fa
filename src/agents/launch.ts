import { readFile } from "node:fs/promises";
import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";
import { findProgram } from "../programs/find";
import { shimTarget } from "./shim";

/** A process to be started as it is: no shell reads any of it. */
export interface Launch {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
}

/** What is to be started: an agent by its id and program, or the person's own command. */
export type Startable =
  | { readonly id: string; readonly file: string }
  | { readonly command: readonly string[] };

/** What stands for the task in an argument of the person's own command. */
export const taskPlaceholder = "{task}";

// Windows takes 32,767 characters in all.
const longestTask = 30_000;

/**
 * How to start an agent on a task, which is an argument of its own. `handed`: further arguments of an agent.
 * Refused as `task-too-long`, `no-program`, `needs-shell`.
 */
export async function planLaunch(
  what: Startable,
  task: string | null,
  handed: readonly string[] = [],
): Promise<Outcome<Launch>> {
  if ((task?.length ?? 0) > longestTask)
    return refused(
      "task-too-long",
      "The task is too long to be handed to a program.",
      "Put it into a file, and name the file in the task.",
    );
  const named = "command" in what ? (what.command[0] ?? "") : what.file;
  const file = await findProgram(named);
  if (file === null)
    return refused(
      "no-program",
      `There is no program ${named} on this machine.`,
      "Install it, or write its absolute path into the setting.",
    );
  const args =
    "command" in what ? ownArguments(what.command.slice(1), task) : argumentsOf(what.id, task, handed);
  if (process.platform !== "win32" || !/\.(cmd|bat)$/i.test(file)) return done({ file, args });
  return behindShim(file, args);
}

/** Each as its program wants it; a task that looks like an option, or like a command of the program, stays a task. */
export function argumentsOf(id: string, task: string | null, handed: readonly string[] = []): string[] {
  if (task === null || task.trim() === "") return [...handed];
  switch (id) {
    case "gemini":
      return [...handed, `--prompt-interactive=${task}`];
    case "copilot":
      return [...handed, `--interactive=${task}`];
    default:
      // `claude -- mcp` is its command `mcp`; no command has a space in its name.
      return [...handed, "--", /\s/.test(task) ? task : ` ${task}`];
  }
}

/** Without a place for it, the task comes last. */
export function ownArguments(args: readonly string[], task: string | null): string[] {
  const placed = args.some((arg) => arg.includes(taskPlaceholder));
  if (task === null || task.trim() === "") return args.filter((arg) => !arg.includes(taskPlaceholder));
  return placed ? args.map((arg) => arg.replaceAll(taskPlaceholder, () => task)) : [...args, task];
}

/** A batch file would have cmd.exe read the task; npm's do nothing but start a program, which is started instead. */
async function behindShim(shim: string, args: readonly string[]): Promise<Outcome<Launch>> {
  const target = shimTarget(await readFile(shim, "utf8").catch(() => ""));
  const file = target && path.win32.join(path.dirname(shim), target);
  if (file && /\.exe$/i.test(file)) return done({ file, args });
  const beside = file ? await findProgram(path.join(path.dirname(shim), "node.exe")) : null;
  const node = file ? (beside ?? (await findProgram("node.exe"))) : null;
  if (file && node) return done({ file: node, args: [file, ...args] });
  return refused(
    "needs-shell",
    `${shim} is a batch file, to which no task can be handed safely.`,
    "Start it in a terminal by hand, or name a program (.exe) in the setting.",
  );
}
