import * as v from "valibot";

/** `missing`: it could not be run here, so nothing is known. */
export const partStates = ["passed", "failed", "timeout", "missing"] as const;

const partSchema = v.object({
  /** typecheck, lint, test, or as the repo names it. */
  name: v.string(),
  command: v.array(v.string()),
  state: v.picklist(partStates),
  /** Null where a signal ended it, or where it never ran. */
  exitCode: v.nullable(v.number()),
  durationMs: v.number(),
  /** The end of what it wrote; of `missing`: why. */
  tail: v.string(),
});

export const selfCheckSchema = v.object({
  /** ISO. */
  at: v.string(),
  parts: v.array(partSchema),
});

export type SelfCheckPart = v.InferOutput<typeof partSchema>;

/** How a repo's own checks (types, lint, tests) went on some files. */
export type SelfCheck = v.InferOutput<typeof selfCheckSchema>;

/** red: something failed · green: all that there is passed · unknown: there is nothing, or not all could be run. */
export function colourOf({ parts }: Pick<SelfCheck, "parts">): "green" | "red" | "unknown" {
  if (parts.some(({ state }) => state === "failed" || state === "timeout")) return "red";
  return parts.length > 0 && parts.every(({ state }) => state === "passed") ? "green" : "unknown";
}
