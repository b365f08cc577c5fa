import type { DoneDocument, Gate, GateId } from "../../model/done";
import { escapeMarkdown } from "../markdown";
import type { Translate } from "../translate";

export function gateName(id: GateId, t: Translate): string {
  const names: Readonly<Record<GateId, string>> = {
    losses: t("Losses"),
    review: t("Review"),
    checks: t("Own checks"),
    docs: t("Documents"),
    conventions: t("Conventions"),
    changelog: t("Changelog"),
    ticket: t("Ticket"),
    debt: t("Tech debt"),
  };
  return names[id];
}

/** The gates that keep it from being done. */
export function standingGates({ gates }: DoneDocument): readonly Gate[] {
  return gates.filter(({ status }) => status === "fail" || status === "unknown");
}

/** "2 of 8 gates red"; null where it is done, or nobody judged it. */
export function doneInShort(done: DoneDocument | null, t: Translate): string | null {
  if (!done || done.verdict === "done") return null;
  const red = done.gates.filter(({ status }) => status === "fail").length;
  if (red > 0) return t("{0} of {1} gates red", red, done.gates.length);
  const unknown = standingGates(done).length;
  return unknown === 1 ? t("1 gate is not known") : t("{0} gates are not known", unknown);
}

/** Every gate, with what it found and what to do, to be read as a page. */
export function donePage(done: DoneDocument, title: string, t: Translate): string {
  const words: Readonly<Record<Gate["status"], string>> = {
    fail: t("red"),
    unknown: t("not known"),
    warn: t("warning"),
    waived: t("waived"),
    pass: t("green"),
    skip: t("not asked"),
  };
  const standing = standingGates(done);
  const inOrder = [...standing, ...done.gates.filter((gate) => !standing.includes(gate))];
  const blocks = inOrder.map(({ id, status, message, fix, where, waivers }) => {
    const places = where.map(({ path, line, message: what, url }) => {
      const at = path === null ? "" : `${line === null ? path : `${path}:${line}`}: `;
      return `- ${escapeMarkdown(`${at}${what}${url === undefined ? "" : ` ${url}`}`)}`;
    });
    const excuses = waivers.map(
      ({ reason, from }) => `- ${escapeMarkdown(t("waived by {0}: {1}", from, reason))}`,
    );
    const parts = [
      `## ${escapeMarkdown(`${gateName(id, t)}: ${words[status]}`)}`,
      escapeMarkdown(message),
      [...places, ...excuses].join("\n"),
      fix === null ? "" : `*${escapeMarkdown(fix)}*`,
    ];
    return parts.filter((part) => part !== "").join("\n\n");
  });
  const notes = done.notes.map(({ path, detail }) =>
    escapeMarkdown(path === null ? detail : `${path}: ${detail}`),
  );
  return [`# ${escapeMarkdown(title)}`, ...notes, ...blocks].join("\n\n");
}
