import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { done, type Outcome, refused } from "../../model/outcome";
import { findProgram } from "../../programs/find";
import { type ProgramEnd, runProgram } from "../../programs/run";
import { type Adapter, type Heard, readEvent } from "./adapter";
import { reviewerEnvironment, withoutSecrets } from "./environment";
import type { Asking, Question, Reviewer, Said } from "./reviewer";

// What a reviewer reads comes back in its events, so there is a lot of it.
const mostBytes = 64 << 20;

/** A reviewer that is a program: started for each question, and ended with all that it started. */
export function commandReviewer(adapter: Adapter): Reviewer {
  const { id, label, vendor } = adapter;
  return { id, label, vendor, reads: true, ask: (question, asking) => ask(adapter, question, asking) };
}

async function ask(adapter: Adapter, question: Question, asking: Asking): Promise<Outcome<Said>> {
  const { desk, signal, timeoutMs } = asking;
  const program = path.isAbsolute(adapter.program)
    ? adapter.program
    : await findProgram(adapter.program, asking.env);
  if (program === null) return missing(adapter, `${adapter.program} is not on PATH`);
  // Beside the seat, which has only what the program itself is to find there.
  const schemaFile = path.join(path.dirname(desk.seat), "schema.json");
  await writeFile(schemaFile, JSON.stringify(question.schema));
  const { args, cwd, env, files = {} } = adapter.start(asking, question.schema, schemaFile);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(desk.seat, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const end = await runProgram([program, ...args], {
    cwd,
    env: { ...reviewerEnvironment(asking.env, (name) => adapter.needs(name, asking.env)), ...env },
    operation: desk.operation,
    input: question.prompt,
    timeoutMs,
    mostBytes,
    ...(signal ? { signal } : {}),
    ...(asking.onProgress ? { onOutput: teller(adapter, asking.onProgress) } : {}),
  });
  await rm(schemaFile, { force: true });
  return judge(adapter, end, asking);
}

/** Hands on what each whole line says; a line that is too long to be an event is passed over. */
function teller({ progress }: Adapter, tell: (step: string) => void) {
  let rest = "";
  return (text: string, from: "stdout" | "stderr"): void => {
    if (from === "stderr") return;
    const lines = (rest + text).split("\n");
    rest = (lines.pop() ?? "").slice(0, 1 << 20);
    for (const line of lines) {
      const event = readEvent(line);
      const step = event && progress(event);
      if (step) tell(stripVTControlCharacters(step));
    }
  };
}

function judge(adapter: Adapter, end: ProgramEnd, { env, timeoutMs }: Asking): Outcome<Said> {
  const { label } = adapter;
  const hint = "It counts as not reviewed. Try again, or choose another reviewer.";
  switch (end.how) {
    case "cancelled":
      return refused("cancelled", "The review was cancelled.", "It counts as not reviewed.");
    case "timeout": {
      const minutes = Math.max(1, Math.round(timeoutMs / 60_000));
      return refused(
        "reviewer-timeout",
        `${label} did not finish within ${minutes} min, and was ended.`,
        hint,
      );
    }
    case "too-much":
      return refused(
        "reviewer-endless",
        `${label} wrote more than ${mostBytes >> 20} MB, and was ended.`,
        hint,
      );
    case "not-started":
      return missing(adapter, end.stderr);
    case "ended": {
      const heard = adapter.hear(end.stdout);
      const { text, costUsd, model, limited } = heard;
      if (text !== null && end.exitCode === 0) return done({ text, costUsd, model });
      const why = withoutSecrets(reason(heard, end), env);
      return limited
        ? refused("reviewer-limited", `${label} reached a limit: ${why}.`, hint)
        : refused("reviewer-failed", `${label} gave no review: ${why}.`, hint);
    }
  }
}

/** In the program's own words, in one line. */
function reason({ problem }: Heard, { stderr, exitCode }: ProgramEnd): string {
  const said = [problem, stripVTControlCharacters(stderr).trim().split("\n").at(-1)].find((each) =>
    each?.trim(),
  );
  const line = said?.replaceAll(/\s+/g, " ").trim().replace(/\.$/, "").slice(0, 300);
  return line || (exitCode === 0 ? "it said nothing" : `it ended with exit code ${exitCode}`);
}

function missing({ label }: Adapter, why: string): ReturnType<typeof refused> {
  return refused(
    "reviewer-missing",
    `${label} could not be started: ${why}.`,
    "It counts as not reviewed. Install it, or choose another reviewer.",
  );
}
