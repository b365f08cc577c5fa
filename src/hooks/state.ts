import path from "node:path";
import { runVariable } from "../store/runFile";
import { hooksHome } from "./home";
import { quoted } from "./scripts";

/** Claude Code's events that tell what it does, the kind of notice where there is one, and the word that is noted. */
const events: readonly (readonly [event: string, word: string, matcher?: string])[] = [
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

/** The settings that a Claude Code is handed on its command line, beside its person's own. */
export function stateSettings(commonDir: string): string {
  const script = quoted(path.join(hooksHome(commonDir), "state"));
  const hooks: Record<string, object[]> = {};
  for (const [event, word, matcher] of events) {
    // A sh that finds no script ends with 2, which tells Claude Code to stop.
    const command = {
      type: "command",
      command: `[ -f ${script} ] || exit 0; exec sh ${script} ${word}`,
      timeout: 5,
    };
    hooks[event] = [...(hooks[event] ?? []), { ...(matcher ? { matcher } : {}), hooks: [command] }];
  }
  return `${JSON.stringify({ hooks }, null, 2)}\n`;
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
