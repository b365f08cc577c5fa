import * as v from "valibot";
import { done } from "../../model/outcome";
import { checked, type Format } from "./format";
import { asText, repoPath, titleOf } from "./words";

const source = v.nullish(v.looseObject({ name: v.nullish(v.string()) }));
const position = v.nullish(v.looseObject({ line: v.nullish(v.number()) }));

const schema = v.looseObject({
  source,
  severity: v.nullish(v.string()),
  diagnostics: v.array(
    v.looseObject({
      message: v.string(),
      location: v.looseObject({
        path: v.string(),
        range: v.nullish(v.looseObject({ start: position, end: position })),
      }),
      severity: v.nullish(v.string()),
      source,
      code: v.nullish(v.looseObject({ value: v.nullish(v.string()) })),
    }),
  ),
});

const bySeverity: Readonly<Record<string, string>> = { ERROR: "major", WARNING: "minor", INFO: "nit" };

/** Reviewdog's rdjson. */
export const rdjson: Format = {
  matches: (value) => Array.isArray(value.diagnostics),
  convert(value, roots) {
    const parsed = checked(schema, value);
    if (!parsed.ok) return parsed;
    const { diagnostics, source, severity } = parsed.value;
    return done({
      reviewer: source?.name ?? diagnostics.find((each) => each.source?.name)?.source?.name ?? null,
      findings: diagnostics.map((each) => ({
        title: titleOf(each.message),
        body: asText(each.message),
        path: repoPath(each.location.path, roots),
        startLine: each.location.range?.start?.line ?? null,
        endLine: each.location.range?.end?.line ?? each.location.range?.start?.line ?? null,
        severity: bySeverity[each.severity ?? severity ?? ""] ?? "minor",
        category: "bug",
        ruleId: each.code?.value ?? null,
      })),
    });
  },
};
