import * as v from "valibot";
import { type GateId, waivable } from "../model/done";
import { selfChecksSchema } from "../review/selfCheck/configured";

export { configPath } from "../review/selfCheck/configured";

/** error: red blocks · warn: red is only said · off: not asked. */
export type Level = "error" | "warn" | "off";

const level = v.optional(v.picklist(["error", "warn", "off"]), "error");
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const texts = v.pipe(v.array(text), v.maxLength(200));

/** Patterns as in .gitignore, from the repo's top. */
const globs = texts;

// Strict, so that a key that is misspelt is told and not passed over.
const gates = v.strictObject({
  losses: v.optional(v.strictObject({ level }), {}),
  review: v.optional(v.strictObject({ level, required: v.optional(v.boolean(), false) }), {}),
  checks: v.optional(v.strictObject({ level, required: v.optional(v.boolean(), false) }), {}),
  docs: v.optional(
    v.strictObject({
      level,
      map: v.optional(v.pipe(v.array(v.strictObject({ code: globs, docs: globs })), v.maxLength(100)), []),
    }),
    {},
  ),
  conventions: v.optional(v.strictObject({ level, files: v.optional(globs) }), {}),
  changelog: v.optional(
    v.strictObject({
      level,
      types: v.optional(texts, ["feat", "fix", "perf"]),
      code: v.optional(globs),
    }),
    {},
  ),
  ticket: v.optional(
    v.strictObject({
      level,
      required: v.optional(v.boolean(), false),
      pattern: v.optional(
        v.pipe(text, v.includes("{n}", "must have {n} where the ticket's number is, as in ABC-{n}")),
      ),
    }),
    {},
  ),
  debt: v.optional(
    v.strictObject({
      level,
      words: v.optional(texts, ["TODO", "FIXME", "XXX", "HACK"]),
      debug: v.optional(v.boolean(), true),
      orphans: v.optional(v.boolean(), true),
      entries: v.optional(globs, []),
      ignore: v.optional(globs, []),
    }),
    {},
  ),
});

const schema = v.strictObject({
  $schema: v.optional(v.string()),
  gates: v.optional(gates, {}),
  waivers: v.optional(
    v.pipe(
      v.array(v.strictObject({ gate: v.picklist(waivable), paths: globs, reason: text })),
      v.maxLength(200),
    ),
    [],
  ),
  selfChecks: v.optional(selfChecksSchema),
});

export type DoneConfig = v.InferOutput<typeof schema>;
export type GateConfig = DoneConfig["gates"];

/** The files that tell agents how to work here. */
export const conventionFiles = [
  "AGENTS.md",
  "CLAUDE.md",
  "GEMINI.md",
  "CONTRIBUTING.md",
  ".github/copilot-instructions.md",
  ".cursor/rules/**",
  ".cursorrules",
];

export const defaultConfig: DoneConfig = v.parse(schema, {});

export function levelOf(config: DoneConfig, gate: GateId): Level {
  return config.gates[gate].level;
}

/** A fault as `gates.docs.map[0].code must be …`. */
export function readConfig(value: unknown): DoneConfig | { readonly fault: string } {
  if (Array.isArray(value)) return { fault: "the file: expected Object, but found Array" };
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = (issue.path ?? []).map(({ key }) =>
    typeof key === "number" ? `[${key}]` : `.${String(key).slice(0, 80)}`,
  );
  const at = path.join("").replace(/^\./, "") || "the file";
  const strange = issue.type === "strict_object" && issue.expected === "never";
  return { fault: strange ? `${at} is no known key` : `${at}: ${words(issue)}` };
}

function words({ type, message, expected, received }: v.BaseIssue<unknown>): string {
  if (type === "includes") return message;
  return expected ? `expected ${expected}, but found ${received.slice(0, 80)}` : message;
}
