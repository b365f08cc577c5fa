import type { DoneDocument, Gate, Place } from "../model/done";
import { count, printable } from "./words";

const marks: Readonly<Record<Gate["status"], string>> = {
  fail: "RED",
  unknown: "UNKNOWN",
  warn: "warning",
  waived: "waived",
  pass: "ok",
  skip: "-",
};

/** The gates for a person or an agent: what is red with its places and what to do, then the rest in a line each. */
export function doneText(document: DoneDocument): string {
  const { gates, notes } = document;
  const loud = gates.filter(({ status }) => ["fail", "unknown", "warn", "waived"].includes(status));
  const quiet = gates.filter((gate) => !loud.includes(gate));
  const parts = [
    headline(document),
    ...loud.map(entry),
    ...notes.map(
      ({ path, detail }) => `NOTE  ${path === null ? "" : `${printable(path)}: `}${printable(detail)}`,
    ),
    quiet.map((gate) => line(gate)).join("\n"),
    ...(gates.some(({ status }) => status === "fail")
      ? [
          "What is meant to stay so: say why, in a commit or in the pull request, with the line\n" +
            "  Waive-gate: GATE REASON      (docs, conventions, changelog, ticket, debt)",
        ]
      : []),
  ].filter((part) => part !== "");
  return `${parts.join("\n\n")}\n`;
}

function headline({ verdict, gates, head, base }: DoneDocument): string {
  const of = (status: Gate["status"]) => gates.filter((gate) => gate.status === status).length;
  const asked = gates.length - of("skip");
  const what = `${printable(head.ref)} on ${printable(base.ref)}`;
  if (verdict === "done") return `Done: ${what}.`;
  if (verdict === "unknown")
    return `Cannot tell whether ${what} is done: ${count(of("unknown"), "gate")} unknown.`;
  return `Not done: ${what}. ${of("fail")} of ${count(asked, "gate")} ${of("fail") === 1 ? "is" : "are"} red.`;
}

function entry(gate: Gate): string {
  return [
    line(gate),
    ...gate.where.map((place) => `  ${placeText(place)}`),
    ...gate.waivers.map(({ reason, from }) => `  waived by ${printable(from)}: ${printable(reason)}`),
    ...(gate.fix === null ? [] : [`  To do: ${printable(gate.fix)}`]),
  ].join("\n");
}

function line({ id, status, message }: Gate): string {
  return `${marks[status].padEnd(8)} ${id.padEnd(12)} ${printable(message)}`;
}

function placeText({ path, line, message, url }: Place): string {
  const at = path === null ? "" : `${printable(path)}${line === null ? "" : `:${line}`}: `;
  return `${at}${printable(message)}${url === undefined ? "" : ` ${printable(url)}`}`;
}
