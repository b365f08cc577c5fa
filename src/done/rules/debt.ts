import type { Place } from "../../model/done";
import { count, type Found, fail, pass } from "../found";

/** Does the change leave something behind for others to clear up. */
export function debt(where: readonly Place[]): Found {
  if (where.length === 0) return pass("The change leaves nothing behind.");
  return fail(
    `The change leaves ${count(where.length, "thing")} behind.`,
    "Finish or remove them; what must wait gets a ticket, named beside it.",
    where,
  );
}
