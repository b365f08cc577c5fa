import * as v from "valibot";
import { done } from "../../model/outcome";
import { checked, type Format } from "./format";
import { asText, repoPath, titleOf } from "./words";

const text = v.nullish(v.string());
const line = v.nullish(v.number());

function hasKeys(...keys: string[]): Format["matches"] {
  return ({ findings }) =>
    Array.isArray(findings) && findings.length > 0 && keys.every((key) => key in Object(findings[0]));
}

const claudeSchema = v.looseObject({
  findings: v.array(
    v.looseObject({
      file: v.string(),
      line,
      summary: v.string(),
      failure_scenario: text,
      severity: text,
      verdict: text,
    }),
  ),
});

const claudeSeverities: Readonly<Record<string, string>> = {
  important: "major",
  nit: "nit",
  pre_existing: "minor",
};

/** The report of Claude Code's review. */
export const claudeReport: Format = {
  matches: hasKeys("file", "summary"),
  convert(value, roots) {
    const parsed = checked(claudeSchema, value);
    if (!parsed.ok) return parsed;
    return done({
      reviewer: "Claude Code",
      findings: parsed.value.findings.map((each) => ({
        title: titleOf(each.summary),
        body: asText(each.summary),
        path: repoPath(each.file, roots),
        startLine: each.line ?? null,
        endLine: each.line ?? null,
        failureScenario: asText(each.failure_scenario),
        severity: claudeSeverities[each.severity ?? ""] ?? "major",
        category: "bug",
        preExisting: each.severity === "pre_existing",
        evidence: each.verdict ? [each.verdict] : [],
      })),
    });
  },
};

const securitySchema = v.looseObject({
  findings: v.array(
    v.looseObject({
      file: v.string(),
      line,
      severity: text,
      description: v.string(),
      exploit_scenario: text,
      recommendation: text,
      confidence: v.nullish(v.number()),
    }),
  ),
});

const securitySeverities: Readonly<Record<string, string>> = {
  HIGH: "blocker",
  MEDIUM: "major",
  LOW: "minor",
};

/** The findings of claude-code-security-review. */
export const securityReview: Format = {
  matches: hasKeys("file", "description"),
  convert(value, roots) {
    const parsed = checked(securitySchema, value);
    if (!parsed.ok) return parsed;
    return done({
      reviewer: "claude-code-security-review",
      findings: parsed.value.findings.map((each) => ({
        title: titleOf(each.description),
        body: asText([each.description, each.recommendation].filter(Boolean).join("\n\n")),
        path: repoPath(each.file, roots),
        startLine: each.line ?? null,
        endLine: each.line ?? null,
        failureScenario: asText(each.exploit_scenario),
        severity: securitySeverities[each.severity?.toUpperCase() ?? ""] ?? "major",
        category: "security",
        confidence: each.confidence ?? null,
      })),
    });
  },
};

const codexSchema = v.looseObject({
  findings: v.array(
    v.looseObject({
      severity: text,
      title: v.string(),
      body: text,
      file: v.string(),
      line_start: line,
      line_end: line,
      confidence: v.nullish(v.number()),
      recommendation: text,
    }),
  ),
});

const codexSeverities: Readonly<Record<string, string>> = {
  critical: "blocker",
  high: "major",
  medium: "minor",
  low: "nit",
};

/** The answer of Codex's adversarial review. */
export const codexReport: Format = {
  matches: hasKeys("file", "title", "line_start"),
  convert(value, roots) {
    const parsed = checked(codexSchema, value);
    if (!parsed.ok) return parsed;
    return done({
      reviewer: "Codex",
      findings: parsed.value.findings.map((each) => ({
        title: titleOf(each.title),
        body: asText([each.body, each.recommendation].filter(Boolean).join("\n\n")),
        path: repoPath(each.file, roots),
        startLine: each.line_start ?? null,
        endLine: each.line_end ?? each.line_start ?? null,
        severity: codexSeverities[each.severity?.toLowerCase() ?? ""] ?? "major",
        category: "bug",
        confidence: each.confidence ?? null,
      })),
    });
  },
};
