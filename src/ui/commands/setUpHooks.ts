import * as vscode from "vscode";
import type { Repo } from "../../git/repo";
import { planClaudeHook, planNoClaudeHook } from "../../hooks/claude";
import { stateSettingsFile } from "../../hooks/home";
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
} from "../../hooks/install";
import { prePushLine } from "../../hooks/scripts";
import type { Outcome } from "../../model/outcome";
import type { HooksArgument } from "../manifest";
import { tellDone, tellRefusal } from "../tell";
import type { Services } from "./services";
import { fleetOf } from "./target";
import { confirmSettings } from "./writeClaudeSettings";

/** Offers the hooks, ticked where they are installed; installs and removes what the person ticks and unticks. */
export async function setUpHooks(services: Services, argument?: HooksArgument): Promise<void> {
  const fleet = await fleetOf(services);
  const main = fleet?.snapshot.worktrees.find((each) => each.isMain && !each.bare);
  if (!fleet || !main) return;
  const repo: Repo = { ...fleet.repo, top: main.path };
  const status = await readHooks(repo, services.program);
  const wanted = argument ?? (await pick(status, stateSettingsFile(repo.commonDir)));
  if (!wanted) return;
  if (wanted.prePush !== guardsPushes(status.prePush)) {
    const changed = await (wanted.prePush ? addPrePush(repo, services.program) : dropPrePush(repo));
    if (!changed.ok) {
      const title = vscode.l10n.t("Copy the Line");
      const choices =
        changed.refusal.code === "hooks-elsewhere"
          ? [{ title, act: () => vscode.env.clipboard.writeText(prePushLine) }]
          : [];
      void tellRefusal(changed.refusal, ...choices);
      return;
    }
  }
  if (wanted.claude !== status.claude.length > 0) {
    const changed = await (wanted.claude
      ? addToClaude(services, repo)
      : takeFromClaude(services, repo, status));
    if (changed === null) return;
    if (!changed.ok) return void tellRefusal(changed.refusal);
  }
  const { state = status.state !== null } = wanted;
  if (state !== (status.state !== null)) await (state ? addState : dropState)(repo, services.program);
  void tellDone(
    [
      inWords(wanted),
      ...(state ? [vscode.l10n.t("Agents that are started from here tell what they do.")] : []),
    ].join(" "),
  );
}

async function pick({ prePush, claude, state }: HooksStatus, file: string): Promise<HooksArgument | null> {
  const items: (vscode.QuickPickItem & { readonly key: keyof HooksArgument })[] = [
    {
      key: "prePush",
      label: vscode.l10n.t("Before each push, from every worktree"),
      detail: vscode.l10n.t(
        "A push that would delete others' work is stopped, and whoever pushes is told how to get it back. A hook that is there stays and runs first.",
      ),
      picked: guardsPushes(prePush),
    },
    {
      key: "claude",
      label: vscode.l10n.t("Before Claude Code pushes or opens a pull request"),
      description: ".claude/settings.json",
      detail: vscode.l10n.t(
        "Commit that file, so that every worktree has it. Where Agent Foreman is not in use, it does nothing.",
      ),
      picked: claude.length > 0,
    },
    {
      key: "state",
      label: vscode.l10n.t("What agents do: working, waiting for you, idle"),
      description: file,
      detail: vscode.l10n.t(
        "Sessions that are started from here are handed hooks beside your settings, which stay as they are. They note a word at each step.",
      ),
      picked: state !== null,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t("Tell Agents Before They Push"),
    placeHolder: vscode.l10n.t("What is not ticked is taken away again"),
  });
  if (!picked) return null;
  const has = (key: keyof HooksArgument) => picked.some((item) => item.key === key);
  return { prePush: has("prePush"), claude: has("claude"), state: has("state") };
}

/** Null: the person looked at the change and did not want it. */
async function addToClaude(services: Services, repo: Repo): Promise<Outcome<null> | null> {
  const plan = await planClaudeHook(repo.top ?? repo.dir, "shared");
  if (!plan.ok) return plan;
  if (!(await confirmSettings(services, plan.value))) return null;
  return addClaude(repo, services.program, plan.value);
}

async function takeFromClaude(
  services: Services,
  repo: Repo,
  { claude }: HooksStatus,
): Promise<Outcome<null> | null> {
  for (const { scope } of claude) {
    const plan = await planNoClaudeHook(repo.top ?? repo.dir, scope);
    if (!plan.ok) return plan;
    if (!(await confirmSettings(services, plan.value))) return null;
    const dropped = await dropClaude(repo, plan.value);
    if (!dropped.ok) return dropped;
  }
  return dropClaude(repo, null);
}

function inWords({ prePush, claude }: HooksArgument): string {
  if (prePush && claude)
    return vscode.l10n.t("Pushes are checked, and Claude Code is told before it pushes.");
  if (prePush) return vscode.l10n.t("Pushes are checked.");
  return claude
    ? vscode.l10n.t("Claude Code is told before it pushes.")
    : vscode.l10n.t("No hook of Agent Foreman is installed.");
}
