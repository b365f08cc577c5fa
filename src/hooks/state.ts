import path from "node:path";
import { runVariable } from "../store/runFile";
import { stateScriptFile } from "./home";
import { quoted } from "./scripts";

/** An agent's own event that tells what it does, the word that is noted, and the kind of notice where there is one. */
type Told = readonly [event: string, word: string, matcher?: string];

const claudeEvents: readonly Told[] = [
  ["SessionStart", "SessionStart"],
  ["UserPromptSubmit", "UserPromptSubmit"],
  ["PreToolUse", "PreToolUse"],
  ["PostToolUse", "PostToolUse"],
  ["PostToolUseFailure", "PostToolUseFailure"],
  ["PermissionRequest", "PermissionRequest"],
  ["Elicitation", "Elicitation"],
  ["Notification", "PermissionPrompt", "permission_prompt"],
  ["Notification", "IdlePrompt", "idle_prompt"],
  ["Stop", "Stop"],
  ["StopFailure", "StopFailure"],
  ["SessionEnd", "SessionEnd"],
];

// It asks its person once whether they may run, and again when one of them is another.
const codexEvents: readonly Told[] = [
  ["SessionStart", "SessionStart"],
  ["UserPromptSubmit", "UserPromptSubmit"],
  ["PreToolUse", "PreToolUse"],
  ["PostToolUse", "PostToolUse"],
  ["PermissionRequest", "PermissionRequest"],
  ["Interrupt", "Interrupt"],
  ["Stop", "Stop"],
  ["SessionEnd", "SessionEnd"],
];

// Its `permissionRequest` is told also where nobody has to be asked.
const copilotEvents: readonly Told[] = [
  ["sessionStart", "SessionStart"],
  ["userPromptSubmitted", "UserPromptSubmit"],
  ["preToolUse", "PreToolUse"],
  ["postToolUse", "PostToolUse"],
  ["postToolUseFailure", "PostToolUseFailure"],
  ["notification", "PermissionPrompt", "permission_prompt"],
  ["notification", "Elicitation", "elicitation_dialog"],
  ["agentStop", "Stop"],
  ["sessionEnd", "SessionEnd"],
];

const geminiEvents: readonly Told[] = [
  ["SessionStart", "SessionStart"],
  ["BeforeAgent", "UserPromptSubmit"],
  ["BeforeTool", "PreToolUse"],
  ["AfterTool", "PostToolUse"],
  ["Notification", "PermissionPrompt", "ToolPermission"],
  ["AfterAgent", "Stop"],
  ["SessionEnd", "SessionEnd"],
];

const patienceS = 5;

/** The settings that a Claude Code is handed on its command line, beside its person's own. */
export function stateSettings(commonDir: string): string {
  const run = runs(quoted(stateScriptFile(commonDir)));
  const hooks = byEvent(claudeEvents, (word, matcher) =>
    matched(matcher, { type: "command", command: run(word), timeout: patienceS }),
  );
  return json({ hooks });
}

/** The same for Codex: hooks of this session, one argument for each event. */
export function codexArguments(commonDir: string): string[] {
  const run = runs(quoted(stateScriptFile(commonDir)));
  // A text of TOML may be written as one of JSON.
  return codexEvents.flatMap(([event, word]) => [
    "-c",
    `hooks.${event}=[{hooks=[{type="command",command=${JSON.stringify(run(word))},timeout=${patienceS}}]}]`,
  ]);
}

/** The files of the plug-in that a Copilot is handed, by name. */
export function copilotPlugin(commonDir: string): Record<"plugin.json" | "hooks.json", string> {
  const run = runs(quoted(stateScriptFile(commonDir)));
  const hooks = byEvent(copilotEvents, (word, matcher) => ({
    type: "command",
    ...(matcher ? { matcher } : {}),
    bash: run(word),
    timeoutSec: patienceS,
  }));
  return {
    "plugin.json": json({ ...about(), hooks: "hooks.json" }),
    "hooks.json": json({ version: 1, hooks }),
  };
}

/** Set where a Gemini is started from here, to the script that its hooks run: the extension is of all repos. */
export const scriptVariable = "AGENT_FOREMAN_STATE";

/** The files of the extension that Gemini takes hooks from, by name. */
export const geminiExtension: Readonly<Record<string, string>> = {
  "gemini-extension.json": json(about()),
  [path.join("hooks", "hooks.json")]: json({
    hooks: byEvent(geminiEvents, (word, matcher) =>
      matched(matcher, {
        type: "command",
        name: "agent-foreman",
        command: runs(`"$${scriptVariable}"`)(word),
        timeout: patienceS * 1_000,
      }),
    ),
  }),
};

function about(): object {
  return {
    name: "agent-foreman",
    version: "1.0.0",
    description: "Tells Agent Foreman what agents do that it has started; does nothing in any other session.",
  };
}

/** A sh that finds no script ends with 2, which tells an agent to stop. */
function runs(script: string): (word: string) => string {
  return (word) => `[ -f ${script} ] || exit 0; exec sh ${script} ${word}`;
}

function matched(matcher: string | undefined, hook: object): object {
  return { ...(matcher ? { matcher } : {}), hooks: [hook] };
}

function byEvent(
  events: readonly Told[],
  entry: (word: string, matcher?: string) => object,
): Record<string, object[]> {
  const hooks: Record<string, object[]> = {};
  for (const [event, word, matcher] of events) hooks[event] = [...(hooks[event] ?? []), entry(word, matcher)];
  return hooks;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Adds a line to the notes of the run that it is called in, and does nothing in a session that was not started from here.
 * It is plain sh because the agent waits for it at every step. What the agent tells it is read and not looked at.
 */
export function stateScript(): string {
  return `#!/bin/sh
# Notes that a coding agent works, waits or is done, for Agent Foreman, which started it and names its run in
# ${runVariable}. Taken away by: agent-foreman hooks remove --state
cat > /dev/null
case $${runVariable} in "" | *[!0-9a-z-]*) exit 0 ;; esac
notes=$(dirname "$0")/../agent-$${runVariable}.jsonl
[ -f "$notes" ] || exit 0
printf '{"event":"hook","hook":"%s","pid":%s,"at":"%s"}\\n' "$1" "$PPID" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >> "$notes"
exit 0
`;
}
