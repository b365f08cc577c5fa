import * as v from "valibot";
import { parseAnswer } from "../../model/answer";
import { badFindings, type FindingDocument, fault, jsonPath } from "../../model/finding";
import { done, type Outcome } from "../../model/outcome";
import { refutationStates } from "../../model/refutation";
import { parseJson } from "../../store/log";

/** No honest answer is longer. */
const mostCharacters = 8 << 20;

/** Reads a reviewer's answer out of its words. Refused as `bad-findings`. */
export function readAnswer(text: string): Outcome<FindingDocument> {
  const value = findDocument(text, "findings");
  return value === null ? noDocument(text) : parseAnswer(value);
}

const refutationsSchema = v.object({
  refutations: v.pipe(
    v.array(
      v.object({
        id: v.string(),
        state: v.picklist(refutationStates),
        argument: v.pipe(v.string(), v.maxLength(4_000)),
      }),
    ),
    v.maxLength(5_000),
  ),
});

export type RefutationAnswer = v.InferOutput<typeof refutationsSchema>["refutations"];

/** The same for what one says who tried to refute. */
export function readRefutations(text: string): Outcome<RefutationAnswer> {
  const value = findDocument(text, "refutations");
  if (value === null) return noDocument(text);
  const parsed = v.safeParse(refutationsSchema, value, { abortEarly: true });
  return parsed.success
    ? done(parsed.output.refutations)
    : badFindings(jsonPath(parsed.issues[0]), fault(parsed.issues[0]));
}

/** The JSON object that has this key: the whole text, the last fenced block that is one, or what stands between words. */
function findDocument(text: string, key: string): object | null {
  if (text.length > mostCharacters) return null;
  const blocks = [...text.matchAll(/^`{3,}\w*\n([\s\S]*?)\n`{3,}\s*$/gm)].map(([, block]) => block ?? "");
  const between = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  for (const candidate of [text, ...blocks.reverse(), between]) {
    const value = parseJson(candidate);
    if (typeof value === "object" && value !== null && key in value) return value;
  }
  return null;
}

function noDocument(text: string): ReturnType<typeof badFindings> {
  if (text.length > mostCharacters) return badFindings("$", `is longer than ${mostCharacters >> 20} MB`);
  return badFindings(
    "$",
    text.trim() === "" ? "is empty" : "is no JSON document of findings, or not all of it",
  );
}
