import * as v from "valibot";
import type { Oid } from "../model/worktree";
import type { Pending } from "../store/pending";
import { oid, recordSchema } from "./record";

/** The two stages of making a worktree, as noted before each. */
const stageSchema = v.variant("stage", [
  /** Fetching into `ref`; nothing of ours is made yet. */
  v.looseObject({
    stage: v.literal("fetch"),
    ref: v.nullable(v.pipe(v.string(), v.regex(/^refs\/remotes\/(?!.*\.\.)/))),
  }),
  v.looseObject({
    stage: v.literal("make"),
    /** What will be recorded when it is made. Its path and branch did not exist before. */
    record: recordSchema,
    /** The commit that the branch is made at, where that is not the base. */
    start: v.optional(oid),
    /** The topmost folder that did not exist before. */
    made: v.string(),
    /** The names in git's `worktrees` folder before. */
    adminsBefore: v.array(v.string()),
    /** The record's folder was made, and made by us. */
    madeFolder: v.optional(v.boolean()),
    /** It is being taken back; refs may have been locked for deletion. */
    back: v.optional(v.boolean()),
  }),
]);

export type NewStage =
  | { stage: "fetch"; ref: string | null }
  | {
      stage: "make";
      record: v.InferOutput<typeof recordSchema>;
      start?: Oid | undefined;
      made: string;
      adminsBefore: readonly string[];
      madeFolder?: boolean | undefined;
      back?: boolean | undefined;
    };
export type MakeStage = Extract<NewStage, { stage: "make" }>;

/** Where the branch begins. */
export function startOf({ start, record }: MakeStage): Oid {
  return start ?? record.base.oid;
}

/** What a pending note of a `new` says; null when it is not in that shape. */
export function readNewStage(pending: Pending): NewStage | null {
  const parsed = v.safeParse(stageSchema, pending);
  return parsed.success ? parsed.output : null;
}

/** The ref that keeps a worktree's base from git's housekeeping. */
export function baseRef(branch: string): string {
  return `refs/agent-foreman/base/${branch}`;
}
