import type { ParseArgsConfig } from "node:util";
import type { Repo } from "../git/repo";
import type { Refusal } from "../model/outcome";

/** 0 fine · 1 the answer is no · 2 cannot tell · 3 (`hook` alone) stop what is about to happen. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What every command is handed. */
export interface Context {
  readonly repo: Repo;
  /** Where the person is; what relative paths are relative to. */
  readonly cwd: string;
  /** One of the command's formats. */
  readonly format: string;
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Standard error: progress, and what a person should know besides. */
  note(text: string): void;
  /** All of standard input. */
  input(): Promise<string>;
}

/** What a command answers: the document for `--format json`, the text for every other format, the exit code. */
export type Answer =
  | { readonly exitCode: ExitCode; readonly document: object; readonly text: string }
  | { readonly exitCode: 1 | 2; readonly refusal: Refusal };

/** One verb of the command line. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  /** One line an option, for the help: `["--base REF", "…"]`. */
  readonly help: readonly (readonly [string, string])[];
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** Where not text and json. */
  readonly formats?: readonly string[];
  /** How many names it takes at least and at most. */
  readonly names: readonly [number, number];
  run(context: Context): Promise<Answer>;
}
