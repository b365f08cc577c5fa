import type { RepoSettings } from "../model/repoSettings";
import { requiredCheck } from "./ciWorkflow";

export const settingSteps = ["auto-merge", "delete-branch", "squash", "required-checks"] as const;
export type SettingStepId = (typeof settingSteps)[number];

/** One setting of the repo on GitHub: what it is and what it would be, each in words. */
export interface SettingStep {
  readonly id: SettingStepId;
  readonly before: string;
  readonly after: string;
  readonly state: "change" | "same";
}

/** The status that a person's decisions on findings set. */
export const reviewCheck = "agent-foreman/review";

/** The checks that a merge waits for. */
export function wantedChecks(review: boolean): { readonly context: string; readonly byActions: boolean }[] {
  return [
    { context: requiredCheck, byActions: true },
    ...(review ? [{ context: reviewCheck, byActions: false }] : []),
  ];
}

/** What would be set so that pull requests merge by themselves. Admins keep their way past it. */
export function planSettings(now: RepoSettings, review: boolean): SettingStep[] {
  const names = wantedChecks(review).map(({ context }) => context);
  const { ruleset } = now;
  const waits =
    names.every((name) => now.required.includes(name)) &&
    (ruleset === null || (ruleset.active && ruleset.adminsPass));
  const bypass = ruleset && !ruleset.adminsPass ? ", admins bound too" : "";
  const step = (id: SettingStepId, isSo: boolean, before: string, after: string): SettingStep => ({
    id,
    before: isSo ? after : before,
    after,
    state: isSo ? "same" : "change",
  });
  return [
    step("auto-merge", now.autoMerge, "auto-merge not allowed", "auto-merge allowed"),
    step("delete-branch", now.deleteBranchOnMerge, "merged branches stay", "merged branches are deleted"),
    step("squash", now.squash, "squash merges not allowed", "squash merges allowed"),
    step(
      "required-checks",
      waits,
      now.required.length > 0
        ? `a merge waits for ${now.required.join(", ")}${bypass}`
        : "a merge waits for nothing",
      `a merge waits for ${names.join(", ")}; admins may pass`,
    ),
  ];
}
