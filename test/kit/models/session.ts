import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { claudeCode, claudeEnv } from "./claude";

// What a terminal is asked for at the start, and what one that is plain and light answers.
const answers = [
  ["\x1b[6n", "\x1b[1;1R"],
  ["\x1b[c", "\x1b[?1;2c"],
  ["\x1b]10;?", "\x1b]10;rgb:0000/0000/0000\x1b\\"],
  ["\x1b]11;?", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"],
  ["\x1b[?u", "\x1b[?0u"],
] as const;

/** An agent's real command line as a person sees it: interactive, in a terminal of its own. */
export class AgentSession {
  private shown = "";
  private ending = "";

  private constructor(private readonly terminal: ChildProcess) {
    const keep = (bytes: Buffer) => {
      const text = String(bytes);
      this.shown = (this.shown + text).slice(-20_000);
      for (const [question, answer] of answers) if (text.includes(question)) this.type(answer);
    };
    terminal.stdout?.on("data", keep);
    terminal.stderr?.on("data", keep);
    terminal.on("exit", (code, signal) => {
      this.ending = ` It ended: ${code ?? signal}.`;
    });
  }

  static start(
    command: readonly string[],
    { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ): AgentSession {
    // It needs a terminal to be interactive; `script` is one on every Linux and Mac.
    const script =
      process.platform === "darwin"
        ? ["-q", "/dev/null", ...command]
        : ["-qefc", `stty rows 40 cols 120; exec ${command.map(quoted).join(" ")}`, "/dev/null"];
    const terminal = spawn("script", script, {
      cwd,
      env: { ...env, TERM: "xterm-256color" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    return new AgentSession(terminal);
  }

  get pid(): number {
    return this.terminal.pid ?? 0;
  }

  type(keys: string): void {
    this.terminal.stdin?.write(keys);
  }

  /** Whether its terminal showed that lately, whatever stood between the words. */
  shows(words: string): boolean {
    const letters = (text: string) => stripVTControlCharacters(text).replace(/\s/g, "");
    return letters(this.shown).includes(letters(words));
  }

  /** The end of what its terminal showed, for a test that fails. */
  get account(): string {
    return `${this.ending} Its terminal: ${JSON.stringify(stripVTControlCharacters(this.shown).slice(-2_000))}`;
  }

  /** Dies without a word; its terminal then ends too. */
  stop(): void {
    spawnSync("pkill", ["-KILL", "-P", String(this.pid)]);
  }
}

/** A word for whichever shell `script` runs: also Debian's own, that knows no `$'…'`. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Claude Code, of a person who knows it, trusts the folder, and wants to be asked before a tool runs. */
export async function startClaude(
  url: string,
  { home, cwd, args, env }: { home: string; cwd: string; args: readonly string[]; env: NodeJS.ProcessEnv },
): Promise<AgentSession> {
  const known = {
    hasCompletedOnboarding: true,
    theme: "dark",
    projects: { [cwd]: { hasTrustDialogAccepted: true } },
  };
  writeFileSync(path.join(home, ".claude.json"), JSON.stringify(known));
  mkdirSync(path.join(home, ".claude"), { recursive: true });
  const asked = { permissions: { defaultMode: "default" } };
  writeFileSync(path.join(home, ".claude", "settings.json"), JSON.stringify(asked));
  return AgentSession.start([await claudeCode(), ...args], { cwd, env: { ...claudeEnv(url, home), ...env } });
}
