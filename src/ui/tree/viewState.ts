import type { Snapshot } from "../../fleet";
import type { Refusal } from "../../model/outcome";

/** What the view can show; the welcome texts in package.json are chosen by it. */
export const viewStates = [
  "loading",
  "noFolder",
  "untrusted",
  "noRepo",
  "noGit",
  "gitTooOld",
  "unsafeRepo",
  "noCommits",
  "bare",
  "alone",
  "failed",
  "ready",
] as const;

export type ViewState = (typeof viewStates)[number];

const byRefusal: Readonly<Record<string, ViewState>> = {
  "no-folder": "noFolder",
  "not-a-repo": "noRepo",
  "no-git": "noGit",
  "git-too-old": "gitTooOld",
  "unsafe-repo": "unsafeRepo",
};

export interface Scene {
  readonly trusted: boolean;
  readonly folders: number;
  readonly snapshots: readonly Pick<Snapshot, "repo" | "worktrees" | "complete" | "problem">[];
  /** Why no repo could be opened. */
  readonly refusal: Refusal | null;
}

/** What to show as a whole. Only "ready" has rows; in every other state a welcome text says what can be done. */
export function viewState(scene: Scene): ViewState {
  if (scene.folders === 0) return "noFolder";
  if (!scene.trusted) return "untrusted";
  const [first, ...others] = scene.snapshots;
  if (!first) return scene.refusal ? (byRefusal[scene.refusal.code] ?? "failed") : "loading";
  if (others.length > 0) return "ready";
  const { worktrees, problem, complete, repo } = first;
  if (worktrees.length > 1) return "ready";
  const [only] = worktrees;
  if (!only) return problem ? "failed" : complete && repo.bare ? "bare" : "loading";
  if (only.bare) return "bare";
  return only.head === null ? "noCommits" : "alone";
}
