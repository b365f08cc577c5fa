import { stripVTControlCharacters } from "node:util";
import type { SelfChecked } from "../fleet/reviewOrder";
import type { SelfCheckPart } from "../model/selfCheck";
import type { Reviewed } from "../review/run";
import { count, printable } from "./words";

const states: Readonly<Record<SelfCheckPart["state"], string>> = {
  passed: "passed",
  failed: "FAILED",
  timeout: "FAILED, it took too long",
  missing: "not run",
};

/** How the repo's own checks went; of a red one the end of what it wrote. */
export function selfCheckText({ check, why }: SelfChecked): string {
  const parts = (check?.parts ?? []).map(({ name, state, tail, durationMs }) => {
    const said = state === "passed" ? [] : stripVTControlCharacters(tail).trimEnd().split("\n").slice(-15);
    const time = state === "missing" ? "" : ` (${(durationMs / 1000).toFixed(1)} s)`;
    return [
      `${printable(name)}: ${states[state]}${time}`,
      ...said.map((line) => `  ${printable(line)}`),
    ].join("\n");
  });
  return (
    [...parts, ...(why ? [`Own checks: ${why}`] : [])].map((line) => `${line}\n`).join("") +
    (parts.length || why ? "\n" : "")
  );
}

/** What the review cost, and what was left out of it. */
export function closing({ run, notRefuted }: Reviewed): string {
  const { invented = 0, durationMs = 0, costUsd, model } = run;
  const cost = costUsd == null ? "cost not told" : `$${costUsd.toFixed(2)}`;
  const facts = [`${Math.round(durationMs / 1000)} s`, cost, ...(model ? [printable(model)] : [])].join(", ");
  return [
    `${printable(run.reviewer)}: ${run.verdict}, ${count(run.findings, "finding")} (${facts}).`,
    ...(invented > 0
      ? [`${count(invented, "finding")} left out: the code that they speak of is not there.`]
      : []),
    ...(notRefuted ? [`Nobody tried to disprove them: ${printable(notRefuted)}`] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
