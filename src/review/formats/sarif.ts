import * as v from "valibot";
import { categories, severities } from "../../model/finding";
import { done } from "../../model/outcome";
import { checked, type Format } from "./format";
import { asText, fromUri, repoPath, titleOf } from "./words";

const message = v.nullish(v.looseObject({ text: v.nullish(v.string()), markdown: v.nullish(v.string()) }));
const properties = v.nullish(
  v.looseObject({
    tags: v.nullish(v.array(v.string())),
    severity: v.nullish(v.string()),
    category: v.nullish(v.string()),
    confidence: v.nullish(v.number()),
    failureScenario: v.nullish(v.string()),
  }),
);

const schema = v.looseObject({
  version: v.literal("2.1.0"),
  runs: v.array(
    v.looseObject({
      tool: v.looseObject({
        driver: v.looseObject({
          name: v.string(),
          rules: v.nullish(v.array(v.looseObject({ id: v.string(), shortDescription: message, properties }))),
        }),
      }),
      versionControlProvenance: v.nullish(v.array(v.looseObject({ revisionId: v.nullish(v.string()) }))),
      results: v.nullish(
        v.array(
          v.looseObject({
            ruleId: v.nullish(v.string()),
            level: v.nullish(v.string()),
            message,
            properties,
            locations: v.pipe(
              v.array(
                v.looseObject({
                  physicalLocation: v.looseObject({
                    artifactLocation: v.looseObject({ uri: v.string() }),
                    region: v.nullish(
                      v.looseObject({
                        startLine: v.nullish(v.number()),
                        endLine: v.nullish(v.number()),
                        snippet: message,
                      }),
                    ),
                  }),
                }),
              ),
              v.minLength(1),
            ),
          }),
        ),
      ),
    }),
  ),
});

type Run = v.InferOutput<typeof schema>["runs"][number];
type Result = NonNullable<Run["results"]>[number];

/** SARIF 2.1.0. A result's further locations are left out: a finding has one place. */
export const sarif: Format = {
  matches: (value) => Array.isArray(value.runs),
  convert(value, roots) {
    const parsed = checked(schema, value);
    if (!parsed.ok) return parsed;
    const { runs } = parsed.value;
    const provenance = runs.flatMap((run) => run.versionControlProvenance ?? []);
    return done({
      reviewer: [...new Set(runs.map((run) => run.tool.driver.name))].join(", ") || null,
      headSha: provenance[0]?.revisionId ?? null,
      findings: runs.flatMap((run) => (run.results ?? []).map((result) => finding(run, result, roots))),
    });
  },
};

const byLevel: Readonly<Record<string, string>> = {
  error: "major",
  warning: "minor",
  note: "nit",
  none: "nit",
};

function finding(run: Run, result: Result, roots: readonly string[]): object {
  const rule = run.tool.driver.rules?.find(({ id }) => id === result.ruleId);
  const text = result.message?.text ?? rule?.shortDescription?.text ?? result.ruleId ?? "";
  const { artifactLocation, region } = result.locations[0]?.physicalLocation ?? {
    artifactLocation: { uri: "" },
  };
  const { properties } = result;
  const tags = [...(rule?.properties?.tags ?? []), ...(properties?.tags ?? [])];
  const severity = severities.find((each) => each === properties?.severity);
  const category = categories.find((each) => each === properties?.category);
  return {
    title: titleOf(text),
    body: asText(result.message?.markdown ?? text),
    path: repoPath(fromUri(artifactLocation.uri), roots),
    startLine: region?.startLine ?? null,
    endLine: region?.endLine ?? null,
    quote: region?.snippet?.text ?? null,
    failureScenario: asText(properties?.failureScenario),
    severity: severity ?? byLevel[result.level ?? "warning"] ?? "minor",
    category: category ?? (tags.includes("security") ? "security" : "bug"),
    confidence: properties?.confidence ?? null,
    ruleId: result.ruleId ?? null,
  };
}
