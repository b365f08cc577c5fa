import type { StepId } from "../../pipeline/plan";
import type { FileStep } from "../../pipeline/planFiles";
import type { SettingStep } from "../../pipeline/planSettings";
import type { Translate } from "../translate";

export function stepTitle(id: StepId, t: Translate): string {
  const titles: Readonly<Record<StepId, string>> = {
    workflow: t("The workflow that checks every pull request"),
    cli: t("Agent Foreman itself, for the workflow to run"),
    config: t("The settings of the definition of done"),
    claude: t("Claude Code works in fresh worktrees of its own"),
    template: t("A template for pull requests"),
    conventions: t("What agents are told of it"),
    "auto-merge": t("Pull requests may merge by themselves"),
    "delete-branch": t("Merged branches are deleted"),
    squash: t("Pull requests may be squashed"),
    "required-checks": t("A merge waits for the checks"),
  };
  return titles[id];
}

export function stepInWords(step: FileStep | SettingStep, t: Translate): string {
  if (!("path" in step)) return `${step.before} → ${step.after}`;
  return step.state === "new" ? t("is written") : t("is brought up to date; what you wrote stays");
}
