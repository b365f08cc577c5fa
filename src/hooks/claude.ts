import path from "node:path";
import * as v from "valibot";
import type { Outcome } from "../model/outcome";
import {
  planSettingsFile,
  type SettingsChange,
  type SettingsEdit,
  settingsFiles,
} from "../worktrees/claudeSettings";
import { readRepoFile } from "../worktrees/repoFile";
import { claudeCommand } from "./scripts";

/** Whose settings: those that are committed reach every worktree, personal ones only the one they lie in. */
export type Scope = keyof typeof settingsFiles;

const event = "PreToolUse";
const mark = "/agent-foreman/hooks/claude";
const handler = v.looseObject({ command: v.optional(v.string()) });
const matcher = v.looseObject({ matcher: v.optional(v.string()), hooks: v.optional(v.array(handler)) });
const withHooks = v.looseObject({
  hooks: v.optional(v.looseObject({ [event]: v.optional(v.array(matcher)) })),
});

const entry = {
  matcher: "Bash",
  hooks: [{ type: "command", command: claudeCommand, timeout: 90 }],
};

/** Which of a worktree's settings have our entry, also where they are broken. */
export async function claudeHooks(top: string): Promise<{ file: string; scope: Scope }[]> {
  const found = await Promise.all(
    (Object.entries(settingsFiles) as [Scope, string][]).map(async ([scope, name]) => {
      const { text } = await readRepoFile(top, name);
      return text?.includes(mark) ? [{ file: path.join(top, name), scope }] : [];
    }),
  );
  return found.flat();
}

/** Adds our entry beside all others, or brings it up to date. Refused as planSettingsFile refuses. */
export function planClaudeHook(top: string, scope: Scope): Promise<Outcome<SettingsChange>> {
  return planSettingsFile(top, scope, (now) => {
    if (!v.is(withHooks, now)) return null;
    const known = ours(now);
    const before = now.hooks?.[event]?.length ?? 0;
    if (known.length === 0) return [[["hooks", event, before], entry]];
    return known.flatMap(({ at, command }): SettingsEdit[] =>
      command === claudeCommand ? [] : [[[...at, "command"], claudeCommand]],
    );
  });
}

/** Takes our entry out again, and what held nothing else. */
export function planNoClaudeHook(top: string, scope: Scope): Promise<Outcome<SettingsChange>> {
  return planSettingsFile(top, scope, (now) => {
    if (!v.is(withHooks, now)) return [];
    // From the end on, so that the places of those before stay.
    return ours(now)
      .reverse()
      .map(({ at }): SettingsEdit => [emptied(now, at), undefined]);
  });
}

interface Found {
  readonly at: readonly ["hooks", typeof event, number, "hooks", number];
  readonly command: string;
}

function ours(now: unknown): Found[] {
  if (!v.is(withHooks, now)) return [];
  return (now.hooks?.[event] ?? []).flatMap(({ hooks = [] }, i) =>
    hooks.flatMap(({ command = "" }, j): Found[] =>
      command.includes(mark) ? [{ at: ["hooks", event, i, "hooks", j], command }] : [],
    ),
  );
}

/** The largest thing that holds nothing but what is at that place. */
function emptied(now: v.InferOutput<typeof withHooks>, at: Found["at"]): (string | number)[] {
  const groups = now.hooks?.[event] ?? [];
  if ((groups[at[2]]?.hooks?.length ?? 0) > 1) return [...at];
  if (groups.length > 1) return at.slice(0, 3);
  return Object.keys(now.hooks ?? {}).length > 1 ? at.slice(0, 2) : at.slice(0, 1);
}
