import assert from "node:assert/strict";
import type { DoneDocument, Gate } from "../../../src/model/done";
import { gateIds } from "../../../src/model/done";
import { english } from "../../../src/ui/translate";
import { details } from "../../../src/ui/tree/details";
import { donePage } from "../../../src/ui/tree/done";
import { scene, worktree } from "./kit";

function document(red: Partial<Record<Gate["id"], Partial<Gate>>>): DoneDocument {
  const gates = gateIds.map(
    (id): Gate => ({ id, status: "pass", message: "Fine.", fix: null, where: [], waivers: [], ...red[id] }),
  );
  const failed = gates.some(({ status }) => status === "fail");
  const unknown = gates.some(({ status }) => status === "unknown");
  const end = { ref: "main", oid: "1".repeat(40) };
  return {
    schemaVersion: 1,
    base: end,
    head: end,
    mergeBase: end.oid,
    pull: null,
    verdict: failed ? "not-done" : unknown ? "unknown" : "done",
    gates,
    notes: [],
  };
}

const place = (line: number) => ({ path: "src/a.ts", line, message: "New TODO" });
const debt: Partial<Gate> = {
  status: "fail",
  message: "Left behind.",
  fix: "Finish it.",
  where: Array.from({ length: 12 }, (_, i) => place(i + 1)),
};
const ticket: Partial<Gate> = { status: "unknown", message: "GitHub was not asked.", fix: "Ask it." };

function rows(done: DoneDocument | null): unknown[] {
  const row = details(worktree({ done }), scene()).find(({ id }) => id === "done");
  if (!row) return [];
  return [
    `${row.icon.id} | ${row.label}: ${row.description} | ${row.context}${row.opens ?? ""}`,
    ...(row.children ?? []).map(
      ({ icon, label, description, opens, gate }) =>
        `${icon.id} | ${label}: ${description} | ${opens} ${gate?.id} ${gate?.place}`,
    ),
  ];
}

describe("ui/tree/done", () => {
  it("has one row for what is red or not known, with a row a place below it", () => {
    const found = rows(document({ debt, ticket }));
    assert.equal(found[0], "error | Done: 1 of 8 gates red | ;detail;done;");
    assert.equal(found[1], "question | Ticket: GitHub was not asked. | openGate ticket -1");
    assert.equal(found[2], "error | Tech debt: src/a.ts:1 · New TODO | openGate debt 0");
    assert.equal(found.length, 13);
    assert.equal(found[12], "error | Tech debt: and 2 more | openGate debt -1");
  });

  it("is silent about what is done or was not judged", () => {
    assert.deepEqual([rows(null), rows(document({ debt: { status: "warn" } }))], [[], []]);
    assert.deepEqual(rows(document({ ticket }))[0], "question | Done: 1 gate is not known | ;detail;done;");
  });

  it("writes a page of all gates, in which nothing from outside formats or links", () => {
    const where = [{ path: "[x](command:y)", line: 3, message: "**no**" }];
    const waivers = [{ gate: "docs" as const, reason: "<b>", from: "pull request" }];
    const page = donePage(
      document({ debt: { ...debt, where }, docs: { status: "waived", waivers } }),
      "Done: x",
      english,
    );
    assert.ok(page.startsWith("# Done: x\n") || page.startsWith("# Done\\: x\n"), page);
    assert.ok(!/\]\(|<b>|\*\*no/.test(page), page);
    assert.match(page, /## Documents\\: waived/);
  });
});
