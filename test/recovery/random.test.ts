import assert from "node:assert/strict";
import fc from "fast-check";
import { openRepo } from "../../src/git/repo";
import { planRecovery } from "../../src/recovery/plan";
import type { TestRepo } from "../kit/repo";
import { Builder, type Program, type Slots, same, slotCount, slotsOf, withSlots } from "../landing/model";

/** More of them, once in a while: RANDOM_RUNS=500. */
const runs = Number(process.env.RANDOM_RUNS ?? 15);

type Step =
  /** The branch changes slots; an even `kind` gives new lines, others remove them where there are any. */
  | { readonly do: "work"; readonly slots: readonly number[]; readonly kind: number }
  /** The branch merges the target. */
  | { readonly do: "sync" }
  /** Somebody else changes slots on the target. */
  | { readonly do: "other"; readonly slots: readonly number[] }
  /** The next `count` commits of the branch land: as one commit, one by one, or by a merge. */
  | { readonly do: "land"; readonly count: number; readonly how: "squash" | "rebase" | "merge" }
  /** One commit of the branch lands alone, or only some of its slots do. */
  | { readonly do: "pick"; readonly which: number; readonly partly: boolean }
  /** The target edits a slot that the branch's work came in with. */
  | { readonly do: "reedit"; readonly which: number };

const slot = fc.nat({ max: slotCount - 1 });
const slots = fc.uniqueArray(slot, { minLength: 1, maxLength: 3 });
const small = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("work" as const), slots, kind: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sync" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("other" as const), slots }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("land" as const),
      count: fc.integer({ min: 1, max: 3 }),
      how: fc.constantFrom("squash" as const, "squash" as const, "rebase" as const, "merge" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("pick" as const), which: small, partly: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reedit" as const), which: small }) },
);

/** Found by chance once: a part of a later commit came in alone, and took back what an earlier one had brought. */
const partOfALaterOne: readonly Step[] = [
  { do: "work", slots: [5, 0], kind: 0 },
  { do: "work", slots: [0], kind: 0 },
  { do: "work", slots: [0, 5], kind: 2 },
  { do: "land", count: 1, how: "squash" },
  { do: "pick", which: 2, partly: true },
  { do: "other", slots: [0] },
];

interface Work {
  readonly subject: string;
  readonly mark: number;
  readonly slots: Slots;
  /** Slots with which it came into the target. */
  readonly landed: Set<number>;
}

interface Told {
  readonly builder: Builder;
  readonly main: Program;
  readonly branch: Program;
  readonly work: readonly Work[];
  /** What the branch's open changes of a slot are made on. */
  readonly base: Program;
}

/** Plays the steps on a model of the program and keeps the books of what landed, slot by slot. */
function tell(steps: readonly Step[]): Told {
  const start: Program = Array.from({ length: slotCount }, (_, i) => (i % 2 ? [] : [`first ${i}`]));
  const builder = new Builder(start);
  builder.fork("feature", "main");
  let fresh = 0;
  let main = start;
  let branch = start;
  let base = start;
  const work: Work[] = [];
  const lines = (name: string): string[] =>
    Array.from({ length: 1 + (fresh % 3) }, (_, i) => `${name} ${fresh} ${i}`);
  const open = (i: number): Work[] => work.filter((w) => w.slots.has(i) && !w.landed.has(i));
  /** Whether the target has in these slots what the branch started from, so that landing them is no edit of others' work. */
  const fits = (wanted: readonly Work[], of: (w: Work) => Iterable<number>): boolean =>
    wanted.every((w) =>
      [...of(w)].every(
        (i) =>
          same(main[i], base[i]) &&
          open(i).every((o) => wanted.includes(o) || work.indexOf(o) > work.indexOf(w)),
      ),
    );
  const onMain = (subject: string, changed: Slots, parents?: number[]): boolean => {
    const next = withSlots(main, changed);
    if (!parents && next.every((value, i) => same(value, main[i]))) return false;
    main = next;
    builder.commit("main", subject, main, parents);
    return true;
  };
  const note = (w: Work, only: Iterable<number> = w.slots.keys()): void => {
    for (const i of only) {
      w.landed.add(i);
      base = withSlots(base, new Map([[i, w.slots.get(i) ?? []]]));
    }
  };
  for (const now of steps) {
    fresh++;
    switch (now.do) {
      case "work": {
        const changed = new Map(
          now.slots.map((i) => [i, now.kind > 1 && branch[i]?.length ? [] : lines("work")] as const),
        );
        branch = withSlots(branch, changed);
        const subject = `work ${work.length}`;
        work.push({
          subject,
          mark: builder.commit("feature", subject, branch),
          slots: changed,
          landed: new Set(),
        });
        break;
      }
      case "sync": {
        // Only where it does not conflict.
        const own = Array.from({ length: slotCount }, (_, i) => i).filter((i) => open(i).length > 0);
        if (own.some((i) => !same(main[i], base[i])) || builder.tip("feature") === builder.tip("main")) break;
        base = main;
        branch = branch.map((value, i) => (own.includes(i) ? value : (main[i] ?? value)));
        builder.commit("feature", `sync ${fresh}`, branch, [builder.tip("feature"), builder.tip("main")]);
        break;
      }
      case "other":
        onMain(`other ${fresh}`, new Map(now.slots.map((i) => [i, lines("other")])));
        break;
      case "land": {
        const first = work.findIndex((w) => w.landed.size < w.slots.size);
        const next = first < 0 ? [] : work.slice(first, first + now.count);
        if (next.length === 0 || next.some((w) => w.landed.size > 0) || !fits(next, (w) => w.slots.keys()))
          break;
        const all = new Map(next.flatMap((w) => [...w.slots]));
        if (now.how === "rebase") {
          for (const w of next) if (onMain(`rebased ${w.subject}`, w.slots)) note(w);
        } else if (now.how === "squash") {
          if (onMain(`squash ${fresh}`, all)) for (const w of next) note(w);
        } else if (first === 0 || work.slice(0, first).every((w) => w.landed.size === w.slots.size)) {
          const tip = next.at(-1)?.mark ?? 0;
          onMain(`Merge ${fresh}`, all, [builder.tip("main"), tip]);
          for (const w of next) note(w);
        }
        break;
      }
      case "pick": {
        const one = work[now.which];
        if (!one || one.landed.size > 0) break;
        const some = [...one.slots.keys()].slice(now.partly ? 1 : 0);
        if (!fits([one], () => some)) break;
        if (onMain(`pick ${fresh}`, new Map(some.map((i) => [i, one.slots.get(i) ?? []])))) note(one, some);
        break;
      }
      case "reedit": {
        const i = [...new Set(work.flatMap((w) => [...w.landed]))][now.which];
        if (i !== undefined) onMain(`edit ${fresh}`, new Map([[i, lines("edit")]]));
        break;
      }
    }
  }
  return { builder, main, branch, work, base };
}

/** What a slot of the result has to hold; null where the branch's open work there meets somebody else's. */
function expected({ main, branch, base, work }: Told, i: number): readonly string[] | null {
  const isOpen = work.some((w) => w.slots.has(i) && !w.landed.has(i));
  const [now = [], last = []] = [main[i], branch[i]];
  // What the branch has done and undone again is in nobody's way.
  if (!isOpen || same(now, last) || same(last, base[i])) return now;
  return same(now, base[i]) ? last : null;
}

describe("recovery: random histories", () => {
  it("gives the target and exactly what had not landed, or says what conflicts", async function () {
    this.timeout(60_000 + runs * 20_000);
    const counts = { clean: 0, conflict: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const told = tell(steps);
        const repo: TestRepo = told.builder.write();
        const opened = await openRepo(repo.dir);
        assert.ok(opened.ok);
        const [head = "", onto = ""] = repo.git("rev-parse", "feature", "main").split("\n");
        const planned = await planRecovery(opened.value, { head, onto, ontoName: "main" });
        assert.ok(planned.ok);
        const { commits, tree, verified, together } = planned.value;
        const result = slotsOf(repo, tree);
        const stuck = commits.filter(({ fate }) => fate === "conflict").map(({ subject }) => subject);
        const unsure = new Set(
          told.work.filter(({ subject }) => stuck.includes(subject)).flatMap((w) => [...w.slots.keys()]),
        );
        for (let i = 0; i < slotCount; i++) {
          const wanted = expected(told, i);
          if (unsure.has(i)) {
            const possible = [told.main[i], ...told.work.map((w) => w.slots.get(i))];
            assert.ok(
              possible.some((value) => same(value, result[i])),
              `slot ${i}: ${result[i]}`,
            );
          } else assert.deepEqual(result[i], wanted, `slot ${i}`);
        }
        assert.equal(commits.filter(({ fate }) => fate === "ask").length, 0);
        // What only a merge on the branch settled, or what builds on half a landing, may be known in one way only.
        const halves = told.work.some(({ landed, slots }) => landed.size > 0 && landed.size < slots.size);
        if (stuck.length === 0 && together === null && !halves) assert.ok(verified);
        counts[stuck.length > 0 ? "conflict" : "clean"]++;
      }),
      { numRuns: runs, examples: [[[...partOfALaterOne]]] },
    );
    assert.ok(counts.clean > runs / 5, JSON.stringify(counts));
  });
});
