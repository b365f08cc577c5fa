import * as v from "valibot";
import { categories, severities } from "./model/finding";
import { statuses } from "./model/verdict";

/** Every sentence of the panel; the host says them in the person's language, `{0}` is filled in by the panel. */
export const wordNames = [
  "progress",
  "open",
  "accepted",
  "overruled",
  "fixed",
  "outdated",
  "settled",
  "all",
  "anySeverity",
  "severityFilter",
  "statusFilter",
  "textFilter",
  "blocker",
  "major",
  "minor",
  "nit",
  "findings",
  "finding",
  "line",
  "noLine",
  "noLineWhy",
  "takenAway",
  "openFile",
  "code",
  "quoted",
  "failure",
  "suggestion",
  "instead",
  "preExisting",
  "confidence",
  "raisedTimes",
  "accept",
  "overrule",
  "undo",
  "whyOverrule",
  "ownReason",
  "cancel",
  "falseAlarm",
  "intended",
  "outOfScope",
  "alreadyHandled",
  "wontFix",
  "decidedBy",
  "decidedWhy",
  "inherited",
  "noneMatch",
  "allDecided",
  "noFindings",
  "notReviewed",
  "importFindings",
  "review",
  "refuted",
  "stands",
  "unsure",
  "refutedBy",
  "send",
  "sent",
  "publish",
  "showAll",
  "precision",
  "precisionOf",
  "help",
  "close",
  "helpMove",
  "helpAccept",
  "helpOverrule",
  "helpUndo",
  "helpOpen",
  "helpFilter",
  "helpHelp",
  "noAnswer",
  "reasonMissing",
] as const;
export type Words = Readonly<Record<(typeof wordNames)[number], string>>;

const text = v.string();
const line = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)));
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const request = v.pipe(v.number(), v.integer(), v.minValue(1));

const finding = v.object({
  id,
  title: text,
  body: text,
  path: text,
  line,
  severity: v.picklist(severities),
  category: v.picklist(categories),
  status: v.picklist(statuses),
  reviewers: v.array(text),
  failureScenario: text,
  /** What stands at the line now, with a few lines around it; null where the quote is not in the head's file. */
  code: v.nullable(
    v.object({ startLine: v.number(), lines: v.array(text), from: v.number(), to: v.number() }),
  ),
  quote: v.nullable(text),
  /** Code that the change takes away cannot be shown at a line. */
  takenAway: v.boolean(),
  suggestion: v.nullable(v.object({ quote: text, replacement: text })),
  preExisting: v.boolean(),
  confidence: v.nullable(v.number()),
  raised: v.number(),
  /** What those found who tried to disprove it; a person decides all the same. */
  refutations: v.array(
    v.object({ by: text, state: v.picklist(["refuted", "stands", "unsure"]), argument: text }),
  ),
  /** The agent has got it, after it was accepted. */
  sent: v.boolean(),
  decision: v.nullable(v.object({ by: text, reason: v.nullable(text), inherited: v.boolean() })),
});

const snapshot = v.object({
  /** Grows with each one. */
  revision: v.number(),
  /** Kept by the panel for the host, which gets it back after a restart. */
  worktree: text,
  title: text,
  subtitle: text,
  /** False: there is no review of this head, which is not "no findings". */
  reviewed: v.boolean(),
  /** Why what is shown may not be all; empty where there is nothing to say. */
  problem: text,
  /** In the order in which they are shown. */
  findings: v.array(finding),
  precision: v.array(
    v.object({
      reviewer: text,
      accepted: v.number(),
      decided: v.number(),
      precision: v.nullable(v.number()),
    }),
  ),
});

const toPanel = v.variant("type", [
  v.object({ type: v.literal("words"), words: v.object(v.entriesFromList(wordNames, text)) }),
  /** All that the panel draws; nothing in it depends on an earlier one. */
  v.object({ type: v.literal("snapshot"), snapshot }),
  /** The end of a request; a snapshot that shows its effect came before. */
  v.object({ type: v.literal("answer"), request, problem: v.nullable(text) }),
]);

const toHost = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({
    type: v.literal("decide"),
    request,
    finding: id,
    verdict: v.picklist(["accept", "overrule", "reopen"]),
    reason: v.nullable(v.pipe(text, v.maxLength(1_000))),
  }),
  v.object({ type: v.literal("openFile"), request, finding: id }),
  v.object({ type: v.picklist(["review", "import", "send", "publish"]), request }),
]);

export type PanelFinding = v.InferOutput<typeof finding>;
export type PanelSnapshot = v.InferOutput<typeof snapshot>;
export type ToPanel = v.InferOutput<typeof toPanel>;
export type ToHost = v.InferOutput<typeof toHost>;
/** A message that is answered; the sender gives the number. */
export type Request = Exclude<ToHost, { type: "ready" }>;

/** Null: not one of ours. */
export function readToPanel(message: unknown): ToPanel | null {
  const parsed = v.safeParse(toPanel, message);
  return parsed.success ? parsed.output : null;
}

/** Null: not one of ours. */
export function readToHost(message: unknown): ToHost | null {
  const parsed = v.safeParse(toHost, message);
  return parsed.success ? parsed.output : null;
}
