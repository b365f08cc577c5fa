import { type GateId, type Place, type Waiver, waivable } from "../model/done";
import type { Change } from "./change";
import { configPath, type DoneConfig } from "./config";
import type { Found } from "./found";
import { matcher } from "./kinds";

const trailer = /^Waive-gate:[ \t]*(\S+)[ \t]+(?:[-–—:][ \t]*)?(\S.*)$/gim;

/** What the change excuses itself from, with a reason: `Waive-gate: changelog nobody sees it`, in a commit or the PR. */
export function saidWaivers({ commits, pull }: Pick<Change, "commits" | "pull">): Waiver[] {
  const sources = [
    ...commits.map(({ oid, body }) => ({ from: oid.slice(0, 9), text: body })),
    ...(pull ? [{ from: "pull request", text: pull.body }] : []),
  ];
  const found = sources.flatMap(({ from, text }) =>
    [...text.matchAll(trailer)].flatMap(([, word = "", reason = ""]) => {
      const gate = waivable.find((id) => id === word.toLowerCase().replace(/[:,]$/, ""));
      return gate ? [{ gate, reason: reason.trim().slice(0, 300), from }] : [];
    }),
  );
  // A pull request's text is often made of its commits'.
  return found.filter(
    (each, i) => found.findIndex((other) => other.gate === each.gate && other.reason === each.reason) === i,
  );
}

/** What is left of a red gate, and what excuses the rest. */
export function waive(
  gate: GateId,
  found: Found,
  said: readonly Waiver[],
  standing: DoneConfig["waivers"],
): { readonly found: Found; readonly waivers: readonly Waiver[] } {
  if (found.status !== "fail") return { found, waivers: [] };
  const spoken = said.filter((each) => each.gate === gate);
  if (spoken.length > 0) return { found: { ...found, where: [] }, waivers: spoken };
  const used: Waiver[] = [];
  let where = found.where;
  for (const { gate: id, paths, reason } of standing) {
    if (id !== gate) continue;
    const covers = matcher(paths);
    const left = where.filter(({ path }: Place) => path === null || !covers(path));
    if (left.length < where.length) used.push({ gate, reason, from: configPath });
    where = left;
  }
  return { found: { ...found, where }, waivers: used };
}
