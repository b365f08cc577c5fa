import findingSchema from "../../../media/schemas/finding.schema.json";
import refutationSchema from "../../../media/schemas/refutation.schema.json";

// Some providers know no references.
export const answerSchema = inlined(findingSchema);
export const refutationsSchema = inlined(refutationSchema);

function inlined(schema: object): object {
  const {
    definitions = {},
    $schema: _,
    ...rest
  } = schema as { definitions?: Record<string, unknown>; $schema?: string };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    if ("$ref" in value) return resolve(definitions[String(value.$ref).replace("#/definitions/", "")]);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each)]));
  };
  return resolve(rest) as object;
}
