import type { Asking } from "./reviewer";

/** One line of a program's output that was JSON. */
export type Event = Readonly<Record<string, unknown>>;

/** What a program is started with, beside the question on its standard input. */
export interface Start {
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the little environment that every reviewer gets. */
  readonly env?: NodeJS.ProcessEnv;
  /** Files that are put into the seat first: path → text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a program's whole output says. */
export interface Heard {
  /** The answer's text; null: it gave none. */
  readonly text: string | null;
  readonly costUsd: number | null;
  readonly model: string | null;
  /** Why there is no answer, in the program's own words; null where it says nothing. */
  readonly problem: string | null;
  /** A limit of cost or quota was reached. */
  readonly limited?: boolean;
}

/** One vendor's command line: how it is started without rights, and how its output is read. */
export interface Adapter {
  readonly id: string;
  readonly label: string;
  readonly vendor: string | null;
  /** Looked for on PATH. */
  readonly program: string;
  /** Whether a variable of the person's environment is needed to reach the model, its keys among them. */
  needs(name: string, env: NodeJS.ProcessEnv): boolean;
  /** `schemaFile` has the answer's schema, which is `schema`. */
  start(asking: Asking, schema: object, schemaFile: string): Start;
  /** What an event says of what it is doing; null: nothing that a person wants to know. */
  progress(event: Event): string | null;
  hear(stdout: string): Heard;
}

/** The lines of an output that are JSON objects. */
export function events(stdout: string): Event[] {
  return stdout.split("\n").flatMap((line) => {
    const event = readEvent(line);
    return event ? [event] : [];
  });
}

export function readEvent(line: string): Event | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Event;
  } catch {
    return null;
  }
}

/** A value inside an event; undefined where the way to it is another. */
export function at(event: unknown, ...way: readonly (string | number)[]): unknown {
  let value = event;
  for (const step of way)
    value =
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined;
  return value;
}

export function textAt(event: unknown, ...way: readonly (string | number)[]): string | null {
  const value = at(event, ...way);
  return typeof value === "string" ? value : null;
}

/** `Read src/a.ts`: a tool's name and the first of its arguments that says what it is about. */
export function step(tool: unknown, input: unknown): string | null {
  if (typeof tool !== "string") return null;
  const names = ["file_path", "path", "absolute_path", "pattern", "command", "query"];
  const what = names.map((name) => textAt(input, name)).find((value) => value !== null);
  return [tool, what].filter(Boolean).join(" ").slice(0, 200);
}
