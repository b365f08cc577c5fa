import { mkdir } from "node:fs/promises";
import path from "node:path";
import { applyEdits, type JSONPath, modify, type ParseError, parse } from "jsonc-parser";
import * as v from "valibot";
import { done, type Outcome, refused } from "../model/outcome";
import { writeAtomic } from "../store/atomic";
import { readRepoFile } from "./repoFile";

/** The part of Claude Code's settings that is about worktrees, as far as we read and write it. */
export interface ClaudeWorktreeSettings {
  /** Where background agents work: in a worktree of their own, or in the folder they were started in. */
  readonly bgIsolation?: "worktree" | "none";
  /** Where its own worktrees start: at the remote's default branch, or at what is checked out. */
  readonly baseRef?: "fresh" | "head";
  /** Repo-relative folders that worktrees share with the main one. */
  readonly symlinkDirectories?: readonly string[];
}

/** A change to the settings file, to be shown before it is made. */
export interface SettingsChange {
  readonly file: string;
  /** Null where there is no file yet. */
  readonly before: string | null;
  readonly after: string;
}

const withLinks = v.object({ worktree: v.object({ symlinkDirectories: v.array(v.string()) }) });

/** `shared` is committed with the repo, `personal` is not. */
export const settingsFiles = {
  shared: ".claude/settings.json",
  personal: ".claude/settings.local.json",
} as const;

/** Which folders to link, and the settings files that were passed over. */
export interface AskedLinks {
  readonly folders: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/** The folders to link, from the shared and the personal settings together; what cannot be read counts as none. */
export async function linkedDirectories(top: string): Promise<AskedLinks> {
  const found = new Set<string>();
  const passedOver: { path: string; why: string }[] = [];
  for (const name of Object.values(settingsFiles)) {
    const { text, skipped } = await readRepoFile(top, name).catch(() => ({ text: null, skipped: null }));
    if (skipped !== null) passedOver.push({ path: name, why: skipped });
    const result = v.safeParse(
      withLinks,
      text === null ? null : parse(text, [], { allowTrailingComma: true }),
    );
    if (result.success) for (const folder of result.output.worktree.symlinkDirectories) found.add(folder);
  }
  return { folders: [...found], skipped: passedOver };
}

/**
 * What `.claude/settings.json` would be with these settings: comments, unknown keys, indentation and line ends stay
 * as they are. Refused as `broken-settings` when the file is not the JSON object it should be; it is then untouched.
 */
export async function planClaudeSettings(
  top: string,
  settings: ClaudeWorktreeSettings,
): Promise<Outcome<SettingsChange>> {
  const withBlock = v.object({ worktree: v.optional(v.record(v.string(), v.unknown())) });
  return planSettingsFile(top, "shared", (now) =>
    v.is(withBlock, now) ? Object.entries(settings).map(([key, value]) => [["worktree", key], value]) : null,
  );
}

/** Values to be set, by their place; undefined takes the place away. */
export type SettingsEdit = readonly [at: JSONPath, value: unknown];

/**
 * What one of the settings files would be after some edits, made one after the other; `edit` is handed what the file says,
 * and answers null where that cannot be added to.
 */
export async function planSettingsFile(
  top: string,
  which: keyof typeof settingsFiles,
  edit: (now: unknown) => readonly SettingsEdit[] | null,
): Promise<Outcome<SettingsChange>> {
  const name = settingsFiles[which];
  const file = path.join(top, name);
  const { text: before, skipped } = await readRepoFile(top, name);
  const text = before === null || before.trim() === "" ? "{}\n" : before;
  const errors: ParseError[] = [];
  const now: unknown = parse(text, errors, { allowTrailingComma: true });
  const sound =
    skipped === null && errors.length === 0 && v.is(v.looseObject({}), now) && !Array.isArray(now);
  const edits = sound ? edit(now) : null;
  if (edits === null) {
    return refused(
      "broken-settings",
      `${file} is not a JSON object that can be added to.`,
      "Mend it first, and try again. It was not touched.",
    );
  }
  if (edits.length === 0) return done({ file, before, after: before ?? "" });
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  const formattingOptions = {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  let after = text;
  for (const [at, value] of edits) {
    after = applyEdits(after, modify(after, [...at], value, { formattingOptions }));
  }
  return done({ file, before, after });
}

/** Makes a planned change; refused as `settings-changed` when the file is not any more as it was shown. */
export async function writeClaudeSettings(change: SettingsChange): Promise<Outcome<null>> {
  const top = path.dirname(path.dirname(change.file));
  const { text: now, skipped } = await readRepoFile(top, path.relative(top, change.file));
  if (skipped !== null || now !== change.before) {
    return refused(
      "settings-changed",
      `${change.file} was changed meanwhile.`,
      "Nothing was written. Look at the change again, and apply it then.",
    );
  }
  await mkdir(path.dirname(change.file), { recursive: true });
  await writeAtomic(change.file, change.after);
  return done(null);
}
