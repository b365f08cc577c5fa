import * as v from "valibot";
import { badFindings, fault, jsonPath } from "../../model/finding";
import { done, type Outcome } from "../../model/outcome";

/** A document in our shape, unchecked. */
export interface Converted {
  readonly reviewer: string | null;
  readonly headSha?: string | null;
  readonly verdict?: string;
  readonly summary?: string;
  readonly findings: readonly object[];
}

/** Knows a foreign document by its keys, checks it, and says the same in our shape. */
export interface Format {
  matches(value: Readonly<Record<string, unknown>>): boolean;
  /** Absolute paths below one of `roots` are taken as relative to it. */
  convert(value: object, roots: readonly string[]): Outcome<Converted>;
}

/** Checks a foreign document against its schema. */
export function checked<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Outcome<v.InferOutput<Schema>> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  return parsed.success
    ? done(parsed.output)
    : badFindings(jsonPath(parsed.issues[0]), fault(parsed.issues[0]));
}
