import { badFindings, type FindingDocument, parseFindingDocument } from "../../model/finding";
import { done, type Outcome } from "../../model/outcome";
import { parseJson } from "../../store/log";
import { claudeReport, codexReport, securityReview } from "./agents";
import type { Format } from "./format";
import { rdjson } from "./rdjson";
import { sarif } from "./sarif";

/** A document with the name of who made it, where it says so. */
export interface ReadFindings {
  readonly document: FindingDocument;
  readonly reviewer: string | null;
}

const formats: readonly Format[] = [sarif, rdjson, claudeReport, securityReview, codexReport];

/** Reads findings in any format that we know. Refused whole, as `bad-findings`, with the JSON path of the fault. */
export function readFindings(text: string, roots: readonly string[] = []): Outcome<ReadFindings> {
  const value = parseJson(text.replace(/^\uFEFF/, ""));
  if (value === undefined) return badFindings("$", "is no JSON, or not all of it");
  // Some reports are the bare list.
  const whole = Array.isArray(value) ? { findings: value } : value;
  if (typeof whole !== "object" || whole === null) return badFindings("$", "is neither an object nor a list");
  const record = whole as Readonly<Record<string, unknown>>;
  const format = "schemaVersion" in record ? undefined : formats.find((each) => each.matches(record));
  if (!format) {
    const document = parseFindingDocument(record);
    const { reviewer } = record;
    return document.ok
      ? done({ document: document.value, reviewer: typeof reviewer === "string" ? reviewer : null })
      : document;
  }
  const converted = format.convert(record, roots);
  if (!converted.ok) return converted;
  const { reviewer, ...rest } = converted.value;
  const document = parseFindingDocument({ schemaVersion: 1, ...rest });
  return document.ok ? done({ document: document.value, reviewer }) : document;
}
