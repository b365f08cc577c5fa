import { readFile } from "node:fs/promises";
import { parse } from "jsonc-parser";
import { configPath, conventionFiles } from "../done/config";
import { answerSchema } from "../review/prompt/schemas";
import { type ClaudeWorktreeSettings, planClaudeSettings } from "../worktrees/claudeSettings";
import { readRepoFile } from "../worktrees/repoFile";
import { ciWorkflow } from "./ciWorkflow";
import { type Source, vendoredFile } from "./foremanJobs";
import { ciFile, type Facts } from "./look";
import { isUntouched, signed, withSection } from "./ours";
import { conventionsSection, doneConfig, pullTemplate } from "./texts";

export const fileSteps = ["workflow", "cli", "config", "claude", "template", "conventions"] as const;
export type FileStepId = (typeof fileSteps)[number];

/** One file of the plan, with what it is and what it would be. */
export interface FileStep {
  readonly id: FileStepId;
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  /** kept: somebody wrote or changed it, so it is left as it is. */
  readonly state: "new" | "update" | "same" | "kept";
  /** Why it is kept; null elsewhere. */
  readonly why: string | null;
}

export interface Wishes {
  readonly source: Source;
  readonly review: boolean;
  /** The program that is copied into the repo. */
  readonly cli: string;
}

/** Every file that the pipeline is made of. Nothing is written. */
export async function planFiles(facts: Facts, { source, review, cli }: Wishes): Promise<FileStep[]> {
  const { top } = facts;
  const steps = [
    await owned(
      top,
      "workflow",
      ciFile,
      signed(ciWorkflow(facts, { source, review, findingSchema: answerSchema })),
    ),
    ...(source.kind === "vendored" ? [await program(top, cli)] : []),
    await onlyIfAbsent(top, "config", [configPath], doneConfig),
    await claudeStep(top),
    await onlyIfAbsent(top, "template", templates, pullTemplate),
    await conventionsStep(top),
  ];
  return steps.filter((step) => step !== null);
}

const templates = [
  ".github/pull_request_template.md",
  ".github/PULL_REQUEST_TEMPLATE.md",
  "docs/pull_request_template.md",
  "pull_request_template.md",
  "PULL_REQUEST_TEMPLATE.md",
];

/** A file that is ours as long as nobody changed it. */
async function owned(top: string, id: FileStepId, path: string, after: string): Promise<FileStep> {
  const { text: before, skipped } = await readRepoFile(top, path);
  const step = { id, path, before, after };
  if (skipped !== null) return { ...step, state: "kept", why: skipped };
  if (before === null) return { ...step, state: "new", why: null };
  if (before === after) return { ...step, state: "same", why: null };
  return isUntouched(before)
    ? { ...step, state: "update", why: null }
    : { ...step, state: "kept", why: "somebody changed it; compare, and take over what you want" };
}

/** The program itself, whose first lines tell that it is one of ours. */
async function program(top: string, cli: string): Promise<FileStep> {
  const after = await readFile(cli, "utf8");
  const { text: before, skipped } = await readRepoFile(top, vendoredFile);
  const step = { id: "cli" as const, path: vendoredFile, before, after };
  if (skipped !== null) return { ...step, state: "kept", why: skipped };
  return { ...step, state: before === null ? "new" : before === after ? "same" : "update", why: null };
}

async function onlyIfAbsent(
  top: string,
  id: FileStepId,
  paths: readonly [string, ...string[]] | readonly string[],
  after: string,
): Promise<FileStep> {
  const [first = ""] = paths;
  for (const path of paths) {
    const { text, skipped } = await readRepoFile(top, path);
    if (text === null && skipped === null) continue;
    if (text === after) return { id, path, before: text, after, state: "same", why: null };
    return {
      id,
      path,
      before: text,
      after: text ?? "",
      state: "kept",
      why: skipped ?? "it is there already",
    };
  }
  return { id, path: first, before: null, after, state: "new", why: null };
}

/** Null: there is a settings file that cannot be added to. */
async function claudeStep(top: string): Promise<FileStep | null> {
  const path = ".claude/settings.json";
  const { text, skipped } = await readRepoFile(top, path);
  const now = (parse(text ?? "") ?? {}) as { worktree?: ClaudeWorktreeSettings };
  const wanted: ClaudeWorktreeSettings = { bgIsolation: "worktree", baseRef: "fresh" };
  // What somebody said otherwise stays as they said it.
  const missing = Object.fromEntries(
    Object.entries(wanted).filter(
      ([key]) => now.worktree?.[key as keyof ClaudeWorktreeSettings] === undefined,
    ),
  );
  const plan = await planClaudeSettings(top, missing);
  const step = { id: "claude" as const, path, before: text };
  if (!plan.ok) return { ...step, after: text ?? "", state: "kept", why: skipped ?? plan.refusal.message };
  const { after } = plan.value;
  return {
    ...step,
    after,
    state: after === (text ?? "") ? "same" : text === null ? "new" : "update",
    why: null,
  };
}

/** In the file that agents read, the first of those that are there. */
async function conventionsStep(top: string): Promise<FileStep> {
  const candidates = conventionFiles.filter((name) => /^[A-Z]+\.md$/.test(name));
  for (const path of candidates) {
    const { text, skipped } = await readRepoFile(top, path);
    if (text === null || skipped !== null || /^\s*@\S+\s*$/.test(text)) continue;
    const after = withSection(text, conventionsSection);
    const step = { id: "conventions" as const, path, before: text };
    if (after === null) return { ...step, after: text, state: "kept", why: "somebody changed the section" };
    return { ...step, after, state: after === text ? "same" : "update", why: null };
  }
  const after = withSection("", conventionsSection) ?? "";
  return { id: "conventions", path: "AGENTS.md", before: null, after, state: "new", why: null };
}
