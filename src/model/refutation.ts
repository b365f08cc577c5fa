import * as v from "valibot";
import { type FindingId, idSchema, shortText } from "./verdict";

export const refutationStates = ["refuted", "stands", "unsure"] as const;

/** What somebody else found who tried to disprove a finding. */
export interface Refutation {
  readonly findingId: FindingId;
  /** The run that raised it. */
  readonly runId: string;
  readonly by: string;
  readonly state: (typeof refutationStates)[number];
  readonly argument: string;
  /** ISO. */
  readonly at: string;
}

export const refutationSchema = v.looseObject({
  findingId: idSchema,
  runId: shortText,
  by: shortText,
  state: v.picklist(refutationStates),
  argument: v.pipe(v.string(), v.maxLength(4_000)),
  at: shortText,
});
