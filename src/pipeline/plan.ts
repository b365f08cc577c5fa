import type { GitHub } from "../github/client";
import { done, type Outcome } from "../model/outcome";
import type { Slug } from "../model/pull";
import type { RepoSettings } from "../model/repoSettings";
import { applyFiles } from "./applyFiles";
import { applySettings } from "./applySettings";
import { lookAt } from "./look";
import { type FileStep, fileSteps, planFiles, type Wishes } from "./planFiles";
import { planSettings, type SettingStep, settingSteps } from "./planSettings";

export const allSteps = [...fileSteps, ...settingSteps] as const;
export type StepId = (typeof allSteps)[number];

/** A signed-in line to the repo on GitHub. */
export interface Line {
  readonly client: GitHub;
  readonly slug: Slug;
}

/** All that the pipeline needs, beside what is there. */
export interface Plan {
  readonly top: string;
  readonly review: boolean;
  readonly files: readonly FileStep[];
  /** Null: GitHub was not asked. */
  readonly github: {
    readonly line: Line;
    readonly now: RepoSettings;
    readonly steps: readonly SettingStep[];
  } | null;
}

/** Makes the plan for the worktree at `top`; nothing is changed. Refused as GitHub refuses. */
export async function makePlan(
  top: string,
  branch: string,
  wishes: Wishes,
  line: Line | null,
): Promise<Outcome<Plan>> {
  const files = await planFiles(await lookAt(top, branch), wishes);
  const { review } = wishes;
  if (!line) return done({ top, review, files, github: null });
  const { readRepoSettings } = await import("../github/repoSettings");
  const now = await readRepoSettings(line.client, line.slug);
  if (!now.ok) return now;
  return done({
    top,
    review,
    files,
    github: { line, now: now.value, steps: planSettings(now.value, review) },
  });
}

/** The part of a plan that was ticked. */
export function chosen(plan: Plan, ids: ReadonlySet<string>): Plan {
  const { github } = plan;
  return {
    ...plan,
    files: plan.files.filter(({ id }) => ids.has(id)),
    github: github && { ...github, steps: github.steps.filter(({ id }) => ids.has(id)) },
  };
}

/** Whether there is anything to do about a step. */
export function isDue({ state }: FileStep | SettingStep): boolean {
  return state === "new" || state === "update" || state === "change";
}

/** Does what is due: the files first. Refused as `applyFiles` and `applySettings` refuse. */
export async function applyPlan({ top, files, github, review }: Plan): Promise<Outcome<null>> {
  const written = await applyFiles(top, files);
  if (!written.ok) return written;
  if (!github) return done(null);
  const { line, now, steps } = github;
  const set = await applySettings(line.client, line.slug, now, steps, review);
  return set.ok ? done(null) : set;
}
