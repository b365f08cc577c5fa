import type { Place } from "../../model/done";
import type { GateConfig } from "../config";
import { count, type Found, fail, pass, skip, unknown } from "../found";
import { type Tickets, type TicketWords, uncheckedCriteria } from "../tickets";

/** Does the change name its ticket, and are the criteria of what it closes ticked off. */
export function ticket(
  { closed, named, other }: TicketWords,
  { required, pattern }: GateConfig["ticket"],
  tickets: Tickets,
): Found {
  if (pattern !== undefined) {
    if (other) return pass("The change names its ticket.");
    return required ? missing(pattern.replace("{n}", "123")) : skip("The change names no ticket.");
  }
  if (closed.length === 0) {
    if (named.length > 0) return pass("The change names its ticket, and leaves it open.");
    return required ? missing("Closes #NUMBER") : skip("The change names no ticket.");
  }
  const names = closed.map((number) => `#${number}`).join(", ");
  if (tickets === null)
    return unknown(
      `The change closes ${names}, but GitHub was not asked whether their criteria are met.`,
      "Ask it: agent-foreman done --github, with GITHUB_TOKEN set.",
    );
  const where = closed.flatMap((number) => faultsOf(number, tickets));
  if (where.length === 0) return pass(`The criteria of ${names} are ticked off.`);
  return fail(
    `${count(where.length, "thing")} stand${where.length === 1 ? "s" : ""} between the change and closing ${names}.`,
    "Do what is left and tick it off in the ticket, or only name the ticket: Part of #NUMBER.",
    where,
  );
}

function faultsOf(number: number, tickets: NonNullable<Tickets>): Place[] {
  const found = tickets.get(number);
  if (!found) return [{ path: null, line: null, message: `There is no ticket #${number}.` }];
  return uncheckedCriteria(found.body).map(({ text }) => ({
    path: null,
    line: null,
    message: `#${number} asks for: ${text}`,
    url: found.url,
  }));
}

function missing(example: string): Found {
  const place = { path: null, line: null, message: "Neither its commits nor its pull request name one." };
  return fail("The change names no ticket.", `Name it in a commit or in the pull request: ${example}.`, [
    place,
  ]);
}
