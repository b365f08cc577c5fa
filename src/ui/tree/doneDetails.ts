import type { DoneDocument, Gate } from "../../model/done";
import type { Translate } from "../translate";
import { type Detail, detail } from "./detail";
import { doneInShort, gateName, standingGates } from "./done";
import type { Icon } from "./row";

// Of more places the page tells.
const mostPlaces = 10;

/** One row for the whole definition of done, with a row a place below it; none where nothing is red. */
export function doneDetails(done: DoneDocument | null, t: Translate): Detail[] {
  const short = doneInShort(done, t);
  if (!done || short === null) return [];
  const children = standingGates(done).flatMap((gate) => gateRows(gate, t));
  const row = detail("done", iconOf(done.verdict === "not-done"), t("Done"), short, short, true);
  // Without a command of its own a click unfolds it.
  return [{ ...row, children }];
}

function gateRows(gate: Gate, t: Translate): Detail[] {
  const { id, status, message, fix, where } = gate;
  const label = gateName(id, t);
  const icon = iconOf(status === "fail");
  const row = (name: string, words: string, place: number): Detail => ({
    ...detail(name, icon, label, words, [words, message, fix].filter(Boolean).join(" · ")),
    opens: "openGate",
    gate: { id, place },
  });
  if (where.length === 0) return [row(`gate-${id}`, message, -1)];
  const rows = where.slice(0, mostPlaces).map(({ path, line, message: what }, i) => {
    const at = path === null ? "" : `${line === null ? path : `${path}:${line}`} · `;
    return row(`gate-${id}-${i}`, `${at}${what}`, i);
  });
  const rest = where.length - rows.length;
  return rest > 0 ? [...rows, row(`gate-${id}-more`, t("and {0} more", rest), -1)] : rows;
}

function iconOf(red: boolean): Icon {
  return red ? { id: "error", color: "list.errorForeground" } : { id: "question" };
}
