import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { shellWord } from "../../../src/losses/remedy";
import { claudeCode, claudeEnv } from "./claude";

/** The real Claude Code as a person sees it: interactive, in a terminal of its own. */
export class ClaudeSession {
  private shown = "";
  private ending = "";

  private constructor(private readonly terminal: ChildProcess) {
    const keep = (text: Buffer) => {
      this.shown = (this.shown + text).slice(-4_000);
    };
    terminal.stdout?.on("data", keep);
    terminal.stderr?.on("data", keep);
    terminal.on("exit", (code, signal) => {
      this.ending = ` It ended: ${code ?? signal}.`;
    });
  }

  /** The end of what its terminal showed, for a test that fails. */
  get account(): string {
    return `${this.ending} Its terminal: ${JSON.stringify(this.shown)}`;
  }

  /** A person who knows Claude Code, trusts the folder, and wants to be asked before a tool runs. */
  static async start(
    url: string,
    { home, cwd, args, env }: { home: string; cwd: string; args: readonly string[]; env: NodeJS.ProcessEnv },
  ): Promise<ClaudeSession> {
    const known = {
      hasCompletedOnboarding: true,
      theme: "dark",
      projects: { [cwd]: { hasTrustDialogAccepted: true } },
    };
    writeFileSync(path.join(home, ".claude.json"), JSON.stringify(known));
    mkdirSync(path.join(home, ".claude"), { recursive: true });
    const asked = { permissions: { defaultMode: "default" } };
    writeFileSync(path.join(home, ".claude", "settings.json"), JSON.stringify(asked));
    const command = [await claudeCode(), ...args];
    // It needs a terminal to be interactive; `script` is one on every Linux and Mac.
    const script =
      process.platform === "darwin"
        ? ["-q", "/dev/null", ...command]
        : ["-qefc", `exec ${command.map(shellWord).join(" ")}`, "/dev/null"];
    const terminal = spawn("script", script, {
      cwd,
      env: { ...claudeEnv(url, home), TERM: "xterm-256color", COLUMNS: "100", LINES: "40", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    return new ClaudeSession(terminal);
  }

  get pid(): number {
    return this.terminal.pid ?? 0;
  }

  type(keys: string): void {
    this.terminal.stdin?.write(keys);
  }

  /** Dies without a word; its terminal then ends too. */
  stop(): void {
    spawnSync("pkill", ["-KILL", "-P", String(this.pid)]);
  }
}
