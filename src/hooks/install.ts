import type { Repo } from "../git/repo";
import { done, type Outcome } from "../model/outcome";
import { withLock } from "../store/lock";
import { type SettingsChange, writeClaudeSettings } from "../worktrees/claudeSettings";
import { claudeHooks, type Scope } from "./claude";
import { removeGeminiExtension } from "./geminiExtension";
import { stateSettingsFile } from "./home";
import { isUpToDate, launchedHooks, type Program, removeLauncher, writeLauncher } from "./launcher";
import { installPrePush, type PrePush, readPrePush, removePrePush } from "./prePush";

/** Which hooks of ours this repo has, seen from one worktree. */
export interface HooksStatus {
  readonly prePush: PrePush;
  readonly claude: readonly { readonly file: string; readonly scope: Scope }[];
  /** The settings that Claude Code is handed when it is started from here; null: no agent is handed anything. */
  readonly state: string | null;
  /** What hooks run is the very program that tells this; null where they run nothing. */
  readonly upToDate: boolean | null;
}

export async function readHooks(repo: Repo, program: Program): Promise<HooksStatus> {
  const [prePush, claude, launched] = await Promise.all([
    readPrePush(repo),
    claudeHooks(repo.top ?? repo.dir),
    launchedHooks(repo.commonDir),
  ]);
  const upToDate = launched.length === 0 ? null : await isUpToDate(repo.commonDir, program);
  const state = launched.includes("state") ? stateSettingsFile(repo.commonDir) : null;
  return { prePush, claude, state, upToDate };
}

/** Whether pushes are looked at. */
export function guardsPushes({ state, line }: PrePush): boolean {
  return state === "ours" || line;
}

/** Installs the pre-push hook. Refused as `installPrePush` refuses; where only a line is missing, all else is ready for it. */
export async function addPrePush(repo: Repo, program: Program): Promise<Outcome<PrePush>> {
  const { commonDir } = repo;
  return withLock(commonDir, "installing a hook", async () => {
    const before = await launchedHooks(commonDir);
    // What the hook runs comes first, so that there is never a hook without it.
    await writeLauncher(commonDir, program, [...new Set([...before, "pre-push" as const])]);
    const installed = await installPrePush(repo);
    const waits = !installed.ok && installed.refusal.code === "hooks-elsewhere";
    if (!installed.ok && !waits && !before.includes("pre-push")) await removeLauncher(commonDir, "pre-push");
    return installed;
  });
}

/** Refused as `removePrePush` refuses. */
export async function dropPrePush(repo: Repo): Promise<Outcome<PrePush>> {
  return withLock(repo.commonDir, "removing a hook", async () => {
    const removed = await removePrePush(repo);
    if (removed.ok || removed.refusal.code === "hooks-elsewhere")
      await removeLauncher(repo.commonDir, "pre-push");
    return removed;
  });
}

/** Makes the planned change to Claude Code's settings. Refused as `settings-changed`. */
export async function addClaude(
  repo: Repo,
  program: Program,
  change: SettingsChange,
): Promise<Outcome<null>> {
  return withLock(repo.commonDir, "installing a hook", async () => {
    const before = await launchedHooks(repo.commonDir);
    await writeLauncher(repo.commonDir, program, [...new Set([...before, "claude" as const])]);
    return changes(change) ? writeClaudeSettings(change) : done(null);
  });
}

/** Refused as `settings-changed`. Entries in other branches' settings then do nothing. */
export async function dropClaude(repo: Repo, change: SettingsChange | null): Promise<Outcome<null>> {
  return withLock(repo.commonDir, "removing a hook", async () => {
    const written = change && changes(change) ? await writeClaudeSettings(change) : done(null);
    if (written.ok) await removeLauncher(repo.commonDir, "claude");
    return written;
  });
}

/** Has agents, where they are started from here, tell what they do. */
export async function addState({ commonDir }: Repo, program: Program): Promise<void> {
  await withLock(commonDir, "installing a hook", async () => {
    const before = await launchedHooks(commonDir);
    await writeLauncher(commonDir, program, [...new Set([...before, "state" as const])]);
  });
}

/** Gemini's extension, which is of all repos, goes too: where Gemini is started again its person is asked again. */
export async function dropState({ commonDir }: Repo): Promise<void> {
  await removeGeminiExtension();
  await withLock(commonDir, "removing a hook", () => removeLauncher(commonDir, "state"));
}

function changes({ before, after }: SettingsChange): boolean {
  return (before ?? "") !== after;
}
