import type { Repo } from "../git/repo";
import { claudeHooks, planClaudeHook, planNoClaudeHook, type Scope } from "../hooks/claude";
import {
  addClaude,
  addPrePush,
  addState,
  dropClaude,
  dropPrePush,
  dropState,
  guardsPushes,
  type HooksStatus,
  readHooks,
} from "../hooks/install";
import type { Program } from "../hooks/launcher";
import type { Outcome } from "../model/outcome";
import type { Answer, Command, Context } from "./command";
import { printable } from "./words";

export const hooks: Command = {
  name: "hooks",
  summary: "checks that run by themselves: before a push, and before Claude Code pushes",
  usage: "install|remove|status",
  help: [
    ["install", "adds what the options name; a hook that is there stays and runs first"],
    ["remove", "takes away what the options name (default: all), and puts back what was there before"],
    ["status", "what is installed, and where"],
    [
      "--pre-push",
      "git's own hook, for all worktrees: a push that would delete others' work is stopped and explained",
    ],
    ["--claude", "an entry in .claude/settings.json, so that Claude Code is told before it pushes"],
    [
      "--state",
      "what agents do, working, waiting or idle, where they are started from VS Code's sidebar; your settings and the repo's stay as they are",
    ],
    ["--personal", "with --claude: in .claude/settings.local.json, for this worktree alone"],
  ],
  options: {
    "pre-push": { type: "boolean" },
    claude: { type: "boolean" },
    state: { type: "boolean" },
    personal: { type: "boolean" },
  },
  names: [1, 1],
  async run({ repo, positionals, values, note }: Context): Promise<Answer> {
    const [verb] = positionals;
    const asked = {
      prePush: values["pre-push"] === true,
      claude: values.claude === true,
      state: values.state === true,
    };
    const scope: Scope = values.personal === true ? "personal" : "shared";
    const program = thisProgram();
    if (verb === "install") {
      if (!Object.values(asked).includes(true))
        return bad("Say which hook: --pre-push, --claude, --state, or several.");
      if (asked.prePush) {
        const added = await addPrePush(repo, program);
        if (!added.ok) return { exitCode: 2, refusal: added.refusal };
      }
      if (asked.claude) {
        const added = await install(repo, program, scope);
        if (!added.ok) return { exitCode: 2, refusal: added.refusal };
        if (scope === "shared") note("Commit .claude/settings.json, so that every worktree has it.");
      }
      if (asked.state) await addState(repo, program);
    } else if (verb === "remove") {
      const all = !Object.values(asked).includes(true);
      if (asked.prePush || all) {
        const dropped = await dropPrePush(repo);
        if (!dropped.ok) return { exitCode: 2, refusal: dropped.refusal };
      }
      if (asked.claude || all) {
        const dropped = await uninstall(repo);
        if (!dropped.ok) return { exitCode: 2, refusal: dropped.refusal };
      }
      if (asked.state || all) await dropState(repo);
    } else if (verb !== "status") {
      return bad(`There is no "${printable(verb ?? "")}" of hooks.`);
    }
    const status = await readHooks(repo, program);
    return { exitCode: 0, document: hooksDocument(status), text: hooksText(status) };
  },
};

/** What runs now, to be run by hooks later. */
export function thisProgram(): Program {
  return { cli: process.argv[1] ?? "", node: process.execPath };
}

async function install(repo: Repo, program: Program, scope: Scope): Promise<Outcome<null>> {
  const plan = await planClaudeHook(repo.top ?? repo.dir, scope);
  return plan.ok ? addClaude(repo, program, plan.value) : plan;
}

async function uninstall(repo: Repo): Promise<Outcome<null>> {
  const top = repo.top ?? repo.dir;
  for (const { scope } of await claudeHooks(top)) {
    const plan = await planNoClaudeHook(top, scope);
    const dropped = plan.ok ? await dropClaude(repo, plan.value) : plan;
    if (!dropped.ok) return dropped;
  }
  return dropClaude(repo, null);
}

function hooksDocument({ prePush, claude, state, upToDate }: HooksStatus): object {
  return {
    schemaVersion: 1,
    prePush: { installed: guardsPushes(prePush), ...prePush },
    claude: { installed: claude.length > 0, settings: claude },
    state: { installed: state !== null, file: state },
    upToDate,
  };
}

function hooksText({ prePush, claude, state, upToDate }: HooksStatus): string {
  const file = printable(prePush.file);
  const words: Readonly<Record<typeof prePush.state, string>> = {
    none: "not installed",
    ours: prePush.chained
      ? `installed (${file}); the hook that was there before runs first`
      : `installed (${file})`,
    theirs: `not installed; there is another hook (${file})`,
    changed: `installed, with changes of somebody's (${file})`,
    elsewhere: `not installed; hooks are in ${file}`,
  };
  const lines = [
    `pre-push     ${prePush.line ? `installed, by a line in ${file}` : words[prePush.state]}`,
    `Claude Code  ${claude.length > 0 ? `installed (${claude.map(({ file: each }) => printable(each)).join(", ")})` : "not installed"}`,
    `state        ${state === null ? "not installed" : `installed (${printable(state)})`}`,
    ...(upToDate === false
      ? ["They run another version of Agent Foreman; install them again to change that."]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

function bad(message: string): Answer {
  return {
    exitCode: 2,
    refusal: { code: "bad-arguments", message, hint: "See agent-foreman hooks --help." },
  };
}
