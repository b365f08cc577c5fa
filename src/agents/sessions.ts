import { homedir } from "node:os";
import * as v from "valibot";
import type { AgentState } from "../model/agent";
import { runProgram } from "../programs/run";
import type { RunNotes } from "../store/agentRuns";
import { parseJson } from "../store/log";
import { runVariable } from "../store/runFile";
import type { Listed } from "./state";

// [{"pid":3082,"cwd":"/work","kind":"interactive","startedAt":1795662854627,"sessionId":"c1f1…","name":"work-ca",
//   "status":"waiting","waitingFor":"permission prompt"}]
const listSchema = v.array(v.looseObject({ pid: v.optional(v.number()), status: v.optional(v.string()) }));

/** What Claude Code's own list says of its sessions on this machine; it sees what no hook tells, for example Esc. */
export class Sessions {
  static readonly none = new Sessions(new Map(), "");

  private constructor(
    private readonly states: ReadonlyMap<number, AgentState>,
    private readonly at: string,
  ) {}

  /** Null: `claude` could not say. */
  static async ask(claude: string, signal?: AbortSignal): Promise<Sessions | null> {
    const at = new Date().toISOString();
    const text = await run(claude, ["agents", "--json"], signal);
    return text === null ? null : Sessions.parse(text, at);
  }

  static parse(text: string, at: string): Sessions | null {
    const parsed = v.safeParse(listSchema, parseJson(text));
    if (!parsed.success) return null;
    const states = parsed.output.flatMap(({ pid, status }): [number, AgentState][] =>
      pid === undefined ? [] : [[pid, stateOf(status)]],
    );
    return new Sessions(new Map(states), at);
  }

  of({ process, spokenBy }: RunNotes): Listed | null {
    for (const pid of [process?.pid, spokenBy]) {
      const state = pid ? this.states.get(pid) : undefined;
      if (state) return { state, at: this.at };
    }
    return null;
  }
}

function stateOf(status: string | undefined): AgentState {
  switch (status) {
    case "busy":
      return "working";
    case "waiting":
    case "idle":
      return status;
    default:
      return "unknown";
  }
}

const patienceMs = 10_000;

/** Away from every repo, whose settings might make it run programs. */
async function run(file: string, args: readonly string[], signal?: AbortSignal): Promise<string | null> {
  const { [runVariable]: _, ...env } = process.env;
  const options = { cwd: homedir(), env, timeoutMs: patienceMs, ...(signal ? { signal } : {}) };
  const { how, exitCode, stdout } = await runProgram([file, ...args], options);
  return how === "ended" && exitCode === 0 ? stdout : null;
}
