import type { CheckDocument } from "../model/check";
import type { DoneDocument, PullText } from "../model/done";
import type { Looked } from "./cached";
import { skip, unknown } from "./found";
import { judge, verdictOf } from "./judge";
import { losses } from "./rules/losses";
import { findingsFor, type Reviewed, review } from "./rules/review";
import { ticket } from "./rules/ticket";
import type { Tickets } from "./tickets";

/** All that is known of a change. */
export interface Known {
  readonly looked: Looked;
  readonly check: CheckDocument;
  readonly reviewed: Reviewed;
  readonly tickets: Tickets;
  readonly pull: Pick<PullText, "number"> | null;
}

/** Is it done: every gate, judged. */
export function doneDocument({ looked, check, reviewed, tickets, pull }: Known): DoneDocument {
  const { examined, config, notes } = looked;
  const { words, said, docs, conventions, changelog, debt } = examined;
  const { gates: strict } = config;
  const gates = judge({
    found: {
      losses: losses(check),
      review: review(reviewed, strict.review.required),
      checks: strict.checks.required
        ? unknown("The project's own checks were not run here.", "Run them: agent-foreman review.")
        : skip("The project's own checks were not run here, and need not be."),
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
