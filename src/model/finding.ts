import * as v from "valibot";
import { done, type Outcome, refused } from "./outcome";

/** Worst first. */
export const severities = ["blocker", "major", "minor", "nit"] as const;
export type Severity = (typeof severities)[number];

export const categories = [
  "bug",
  "security",
  "regression",
  "docs",
  "changelog",
  "conventions",
  "ticket",
  "debt",
  "test",
] as const;
export type Category = (typeof categories)[number];

/** What one reviewer says of one place. */
export interface Finding {
  /** The defect in one line. */
  readonly title: string;
  /** Why, in Markdown. */
  readonly body: string;
  /** In the repo, with slashes. */
  readonly path: string;
  /** LEFT: the quote is code that the change takes away. */
  readonly side: "RIGHT" | "LEFT";
  /** 1-based, as the reviewer counted; where the quote really is decides. */
  readonly startLine: number | null;
  readonly endLine: number | null;
  /** The exact code; null where the finding is about the whole file. */
  readonly quote: string | null;
  /** Concrete input or state → wrong result. */
  readonly failureScenario: string;
  readonly severity: Severity;
  readonly category: Category;
  /** 0 to 1. */
  readonly confidence: number | null;
  readonly preExisting: boolean;
  readonly suggestion: { readonly quote: string; readonly replacement: string } | null;
  readonly evidence: readonly unknown[];
}

/** One item of the definition of done, as the reviewer judged it. */
export interface DoneItem {
  readonly item: string;
  readonly state: "met" | "missing" | "n/a" | "unknown";
  readonly why: string;
}

/** A reviewer's whole answer. */
export interface FindingDocument {
  readonly schemaVersion: 1;
  /** The commit that was reviewed, as the document names it; null where its format has no place for it. */
  readonly headSha: string | null;
  readonly verdict: "approve" | "changes" | "unsure";
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly dod: readonly DoneItem[];
}

/** More than this is no review that a person could adjudicate. Lengths are in UTF-16 units. */
export const limits = {
  findings: 5_000,
  title: 1_000,
  text: 20_000,
  quote: 4_000,
  path: 1_000,
  line: 10_000_000,
} as const;

const pathSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(limits.path),
  v.check(isInside, "must be a path inside the repo: relative, without .., control characters or .git"),
);

export const line = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limits.line)));
export const text = v.pipe(v.string(), v.maxLength(limits.text));
export const quote = v.pipe(v.string(), v.maxLength(limits.quote));
export const share = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
export const side = v.picklist(["RIGHT", "LEFT"]);
export const opinion = v.picklist(["approve", "changes", "unsure"]);
export const state = v.picklist(["met", "missing", "n/a", "unknown"]);
const commit = v.pipe(v.string(), v.regex(/^[0-9a-f]{7,64}$/, "must be a commit id"));

/** What has no neutral value. */
export const required = {
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(limits.title)),
  path: pathSchema,
  severity: v.picklist(severities),
  category: v.picklist(categories),
};

export const findingSchema = v.looseObject({
  ...required,
  body: v.nullish(text, ""),
  side: v.nullish(side, "RIGHT"),
  startLine: v.optional(line, null),
  endLine: v.optional(line, null),
  quote: v.nullish(quote, null),
  failureScenario: v.nullish(text, ""),
  confidence: v.optional(share, null),
  preExisting: v.nullish(v.boolean(), false),
  suggestion: v.nullish(v.looseObject({ quote, replacement: quote }), null),
  evidence: v.nullish(v.pipe(v.array(v.unknown()), v.maxLength(100)), []),
});

const documentSchema = v.looseObject({
  schemaVersion: v.literal(1),
  headSha: v.nullish(commit, null),
  verdict: v.nullish(opinion, "unsure"),
  summary: v.nullish(text, ""),
  findings: v.pipe(v.array(findingSchema), v.maxLength(limits.findings)),
  dod: v.nullish(
    v.pipe(
      v.array(
        v.looseObject({
          item: v.pipe(v.string(), v.maxLength(limits.title)),
          state,
          why: v.nullish(text, ""),
        }),
      ),
      v.maxLength(100),
    ),
    [],
  ),
});

/**
 * Takes a document from outside: absent keys get their neutral value, unknown keys are kept, and any fault refuses the
 * whole with its JSON path, as `bad-findings`.
 */
export function parseFindingDocument(value: unknown): Outcome<FindingDocument> {
  const parsed = v.safeParse(documentSchema, value, { abortEarly: true });
  return parsed.success
    ? done(parsed.output)
    : badFindings(jsonPath(parsed.issues[0]), fault(parsed.issues[0]));
}

/** The refusal of a document from outside; `path` is a JSON path. */
export function badFindings(path: string, what: string): ReturnType<typeof refused> {
  return refused(
    "bad-findings",
    `The findings cannot be read: ${path} ${what}.`,
    "Nothing was imported. Correct the file, or let the reviewer write it again.",
  );
}

/** `$.findings[3].path` */
export function jsonPath(issue: v.BaseIssue<unknown>): string {
  const steps = (issue.path ?? []).map(({ key }) =>
    typeof key === "number" ? `[${key}]` : `.${String(key).slice(0, 80)}`,
  );
  return `$${steps.join("")}`;
}

/** What is wrong, in words that follow the path. */
export function fault(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "check" || issue.type === "regex") return issue.message;
  if (issue.type === "max_length") return `is longer than ${String(issue.requirement)}`;
  if (issue.type === "min_length") return "is empty";
  if (issue.type === "strict_object" && issue.expected === "never") return "is no key that it may have";
  const received = issue.received.length > 60 ? `${issue.received.slice(0, 60)}…` : issue.received;
  return issue.received === "undefined"
    ? `is missing (${issue.expected} expected)`
    : `is ${received} (${issue.expected ?? issue.message} expected)`;
}

/** Whether a path, with whatever slashes, stays inside the folder it is relative to, and out of git's own. */
export function isInside(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path) || /^[A-Za-z]:/.test(path)) return false;
  return path
    .split(/[\\/]/)
    .every((step) => step !== "" && step !== "." && step !== ".." && step.toLowerCase() !== ".git");
}
