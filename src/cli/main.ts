import { parseArgs } from "node:util";
import { openRepo } from "../git/repo";
import type { Refusal } from "../model/outcome";
import type { Answer, Command, ExitCode } from "./command";
import { printable } from "./words";

/** Where a run of the command line writes, and what it is told from outside. */
export interface Terminal {
  readonly cwd: string;
  readonly version: string;
  readonly signal: AbortSignal;
  out(text: string): void;
  err(text: string): void;
  input(): Promise<string>;
}

const common = {
  repo: { type: "string" },
  format: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** The commands by name, each loaded when it is needed. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** Runs one command line (without `node` and the program's name); all that it says goes through `terminal`. */
export async function main(
  argv: readonly string[],
  commands: Commands,
  terminal: Terminal,
): Promise<ExitCode> {
  const [verb, ...rest] = argv;
  if (verb === "--version") {
    terminal.out(`${terminal.version}\n`);
    return 0;
  }
  if (verb === undefined || verb === "--help" || verb === "-h" || verb === "help") {
    terminal.out(overview(await Promise.all(Object.values(commands).map((load) => load()))));
    return verb === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, verb) ? await commands[verb]?.() : undefined;
  // Seen before the arguments are parsed, so that a fault in them is said in the form that was asked for.
  const json = rest.some(
    (arg, i) => arg === "--format=json" || (arg === "--format" && rest[i + 1] === "json"),
  );
  const refuse = (refusal: Refusal, exitCode: ExitCode = 2): ExitCode => {
    terminal.err(`agent-foreman: ${printable(refusal.message)} ${printable(refusal.hint)}\n`);
    if (json) terminal.out(`${JSON.stringify({ schemaVersion: 1, error: refusal })}\n`);
    return exitCode;
  };
  if (!command) {
    const names = Object.keys(commands).join(", ");
    return refuse({
      code: "bad-arguments",
      message: `There is no command "${verb}".`,
      hint: `Commands: ${names}.`,
    });
  }

  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(command, rest);
  } catch (error) {
    return refuse(badArguments(command, error instanceof Error ? error.message : String(error)));
  }
  const { values, positionals } = parsed;
  if (values.help) {
    terminal.out(usage(command));
    return 0;
  }
  const formats = command.formats ?? ["text", "json"];
  const format = values.format ?? "text";
  if (typeof format !== "string" || !formats.includes(format)) {
    return refuse(badArguments(command, `--format takes ${formats.join(", ")}.`));
  }
  const [least, most] = command.names;
  if (positionals.length < least || positionals.length > most) {
    return refuse(
      badArguments(command, positionals.length < least ? "A name is missing." : "Too many names."),
    );
  }

  const dir = typeof values.repo === "string" ? values.repo : terminal.cwd;
  let answer: Answer;
  try {
    const repo = await openRepo(dir);
    if (!repo.ok) return refuse(repo.refusal);
    answer = await command.run({
      repo: repo.value,
      cwd: terminal.cwd,
      format,
      values,
      positionals,
      signal: terminal.signal,
      note: (text) => terminal.err(`${text}\n`),
      input: () => terminal.input(),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refuse({
      code: "unexpected",
      message,
      hint: "This was not expected. Please report it with this message.",
    });
  }
  if ("refusal" in answer) return refuse(answer.refusal, answer.exitCode);
  terminal.out(json ? `${JSON.stringify(answer.document, null, 2)}\n` : answer.text);
  return answer.exitCode;
}

function parse(command: Command, args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: { ...command.options, ...common },
    allowPositionals: true,
    strict: true,
  }) as { values: Record<string, string | boolean | string[] | undefined>; positionals: string[] };
}

function badArguments(command: Command, message: string): Refusal {
  return {
    code: "bad-arguments",
    message: message.split("\n")[0] ?? message,
    hint: `Usage: agent-foreman ${[command.name, command.usage].filter(Boolean).join(" ")}`,
  };
}

function usage(command: Command): string {
  const options = [
    ...command.help,
    ["--repo DIR", "the repo, or a folder in it (default: the current folder)"],
    ["--format FORMAT", `${(command.formats ?? ["text", "json"]).join(", ")} (default: text)`],
    ["-h, --help", "this text"],
  ] as const;
  const width = Math.max(...options.map(([name]) => name.length));
  const lines = options.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`);
  const head = ["agent-foreman", command.name, command.usage].filter(Boolean).join(" ");
  return `${head}\n  ${command.summary}\n\n${lines.join("\n")}\n`;
}

function overview(commands: readonly Command[]): string {
  const shown = commands.filter(({ summary }) => summary !== "");
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return (
    `agent-foreman COMMAND [options]\n\n${lines.join("\n")}\n\n` +
    "  agent-foreman COMMAND --help   a command's options\n  agent-foreman --version\n\n" +
    "Exit codes: 0 fine, 1 the answer is no, 2 cannot tell.\n"
  );
}
