import type { CheckDocument } from "../model/check";
import type { DoneDocument, PullText } from "../model/done";
import type { SelfCheck } from "../model/selfCheck";
import type { Looked } from "./cached";
import { judge, verdictOf } from "./judge";
import { checks } from "./rules/checks";
import { losses } from "./rules/losses";
import { findingsFor, type Reviewed, review } from "./rules/review";
import { ticket } from "./rules/ticket";
import type { Tickets } from "./tickets";

/** All that is known of a change. */
export interface Known {
  readonly looked: Looked;
  readonly check: CheckDocument;
  readonly reviewed: Reviewed;
  readonly selfCheck: SelfCheck | null;
  readonly tickets: Tickets;
  readonly pull: Pick<PullText, "number"> | null;
}

/** Is it done: every gate, judged. */
export function doneDocument({ looked, check, reviewed, selfCheck, tickets, pull }: Known): DoneDocument {
  const { examined, config, notes } = looked;
  const { words, said, docs, conventions, changelog, debt } = examined;
  const { gates: strict } = config;
  const gates = judge({
    found: {
      losses: losses(check),
      review: review(reviewed, strict.review.required),
      checks: checks(selfCheck, strict.checks.required),
      docs,
      conventions,
      changelog,
      ticket: ticket(words, strict.ticket, tickets),
      debt,
    },
    read: (gate) => findingsFor(reviewed, gate),
    said,
    config,
  });
  return {
    schemaVersion: 1,
    base: check.base,
    head: check.head,
    mergeBase: check.mergeBase ?? check.base.oid,
    pull: pull?.number ?? null,
    verdict: verdictOf(gates),
    gates,
    notes: [...notes, ...examined.notes],
  };
}
