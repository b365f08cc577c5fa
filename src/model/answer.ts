import * as v from "valibot";
import {
  badFindings,
  type FindingDocument,
  fault,
  jsonPath,
  limits,
  line,
  opinion,
  quote,
  required,
  share,
  side,
  state,
  text,
} from "./finding";
import { done, type Outcome } from "./outcome";

/** A finding document with every key there and no other, as reviewers are asked to answer. */
const answerSchema = v.strictObject({
  schemaVersion: v.literal(1),
  headSha: v.nullable(v.string()),
  verdict: opinion,
  summary: text,
  findings: v.pipe(
    v.array(
      v.strictObject({
        ...required,
        body: text,
        side,
        startLine: line,
        endLine: line,
        quote: v.nullable(quote),
        failureScenario: text,
        confidence: share,
        preExisting: v.boolean(),
        suggestion: v.nullable(v.strictObject({ quote, replacement: quote })),
        evidence: v.pipe(v.array(text), v.maxLength(100)),
      }),
    ),
    v.maxLength(limits.findings),
  ),
  dod: v.pipe(
    v.array(v.strictObject({ item: v.pipe(v.string(), v.maxLength(limits.title)), state, why: text })),
    v.maxLength(100),
  ),
});

/** Takes a reviewer's answer. Refused whole, as `bad-findings`, with the JSON path of the first fault. */
export function parseAnswer(value: unknown): Outcome<FindingDocument> {
  const parsed = v.safeParse(answerSchema, value, { abortEarly: true });
  return parsed.success
    ? done(parsed.output)
    : badFindings(jsonPath(parsed.issues[0]), fault(parsed.issues[0]));
}
