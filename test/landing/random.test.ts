import assert from "node:assert/strict";
import fc from "fast-check";
import { openRepo } from "../../src/git/repo";
import { findLanded } from "../../src/landing";
import { examine } from "../../src/landing/examine";
import { verdictOn } from "../../src/landing/verdict";
import type { Landed } from "../../src/model/worktree";
import { Builder, type Program, type Slots, same, slotCount, withSlots } from "./model";

type Step =
  /** The branch changes slots; an even `kind` gives new lines, others remove them where there are any. */
  | { readonly do: "work"; readonly slots: readonly number[]; readonly kind: number }
  /** The branch merges the target. */
  | { readonly do: "sync" }
  /** Somebody else changes slots on the target; `decoy`: to what the branch has in another slot. */
  | { readonly do: "other"; readonly slots: readonly number[]; readonly decoy: boolean }
  /** The next `count` commits of the branch land, as one commit or one by one. */
  | { readonly do: "land"; readonly count: number; readonly squash: boolean }
  /** One commit of the branch lands alone, out of turn, or only some of its slots do. */
  | { readonly do: "pick"; readonly which: number; readonly partly: boolean }
  /** The last landing of the branch's work is taken back. */
  | { readonly do: "revert" }
  /** The target edits a slot that the branch's work came in with. */
  | { readonly do: "reedit"; readonly which: number };

const slot = fc.nat({ max: slotCount - 1 });
const slots = fc.uniqueArray(slot, { minLength: 1, maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("work" as const), slots, kind: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sync" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("other" as const), slots, decoy: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("land" as const),
      count: fc.integer({ min: 1, max: 4 }),
      squash: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("pick" as const),
      which: fc.nat({ max: 5 }),
      partly: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("revert" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reedit" as const), which: fc.nat({ max: 5 }) }) },
);

interface Told {
  readonly builder: Builder;
  /** Marks of the target after each step, for asking in between. */
  readonly targets: readonly number[];
  /** What the construction says: "open" and "landed" are certain, null is a matter of taste. */
  readonly truth: "open" | "landed" | null;
}

/** Plays the steps on a model of the program and keeps the books of what landed. */
function tell(steps: readonly Step[]): Told {
  const start: Program = Array.from({ length: slotCount }, (_, i) => (i % 2 ? [] : [`first ${i}`]));
  const builder = new Builder(start);
  builder.fork("feature", "main");
  let fresh = 0;
  let main = start;
  let branch = start;
  const work: Slots[] = [];
  const pasts: Program[] = [start];
  const targets: number[] = [];
  /** How many commits of the branch are in, in order and each whole. */
  let inOrder = 0;
  /** Slots that others changed on the target since the branch last merged it. */
  let foreign = new Set<number>();
  const brought = new Map<number, readonly string[]>();
  const landings: { before: Program; slots: Slots }[] = [];
  let tidy = true;
  let takenBack = false;

  const lines = (name: string): string[] =>
    Array.from({ length: 1 + (fresh % 3) }, (_, i) => `${name} ${fresh} ${i}`);
  const onMain = (subject: string, changed: Slots): boolean => {
    const next = withSlots(main, changed);
    if (next.every((value, i) => same(value, main[i]))) return false;
    main = next;
    pasts.push(main);
    targets.push(builder.commit("main", subject, main));
    return true;
  };
  const land = (changed: Slots): void => {
    const before = main;
    if ([...changed.keys()].some((i) => foreign.has(i))) tidy = false;
    if (!onMain(`land ${fresh++}`, changed)) {
      tidy = false;
      return;
    }
    for (const [i, value] of changed) brought.set(i, value);
    landings.push({ before, slots: changed });
  };

  for (const now of steps) {
    fresh++;
    switch (now.do) {
      case "work": {
        const changed = new Map<number, readonly string[]>();
        for (const i of now.slots) changed.set(i, now.kind > 1 && branch[i]?.length ? [] : lines("work"));
        branch = withSlots(branch, changed);
        work.push(changed);
        builder.commit("feature", `work ${work.length}`, branch);
        break;
      }
      case "sync": {
        const own = new Set(work.flatMap((changed) => [...changed.keys()]));
        // Only where it does not conflict: the branch keeps its own slots.
        if ([...foreign].some((i) => own.has(i)) || takenBack) break;
        branch = branch.map((value, i) => (own.has(i) ? value : (main[i] ?? value)));
        builder.commit("feature", "sync", branch, [builder.tip("feature"), builder.tip("main")]);
        foreign = new Set();
        break;
      }
      case "other": {
        const changed = new Map<number, readonly string[]>();
        for (const i of now.slots) {
          const decoy = work.at(-1)?.values().next().value;
          changed.set(i, now.decoy && decoy?.length && !same(decoy, branch[i]) ? decoy : lines("other"));
        }
        if (onMain(`other ${fresh}`, changed)) for (const i of now.slots) foreign.add(i);
        break;
      }
      case "land": {
        const next = work.slice(inOrder, inOrder + now.count);
        if (next.length === 0) break;
        if (now.squash) land(new Map(next.flatMap((changed) => [...changed])));
        else for (const changed of next) land(changed);
        inOrder += next.length;
        break;
      }
      case "pick": {
        const one = work[now.which];
        if (!one) break;
        tidy = false;
        land(now.partly ? new Map([...one].slice(1)) : one);
        break;
      }
      case "revert": {
        const last = landings.pop();
        if (!last) break;
        const { before, slots: changed } = last;
        if ([...changed.keys()].some((i) => !same(main[i], changed.get(i)))) break;
        onMain(`back ${fresh}`, new Map([...changed.keys()].map((i) => [i, before[i] ?? []])));
        for (const i of changed.keys()) foreign.add(i);
        takenBack = true;
        break;
      }
      case "reedit": {
        const i = [...brought.keys()][now.which];
        if (i === undefined || !onMain(`edit ${fresh}`, new Map([[i, lines("edit")]]))) break;
        foreign.add(i);
        break;
      }
    }
  }
  const touched = new Set(work.flatMap((changed) => [...changed.keys()]));
  const neverThere = [...touched].some((i) => pasts.every((past) => !same(past[i], branch[i])));
  const landed = work.length > 0 && inOrder === work.length && tidy && !takenBack;
  return { builder, targets, truth: neverThere ? "open" : landed ? "landed" : null };
}

describe("landing: random histories", () => {
  it("is landed exactly when the way the history was made says so, whatever was asked before", async function () {
    // Each history takes some twenty git processes, and a busy machine its time for them.
    this.timeout(300_000);
    const counts = { open: 0, landed: 0, null: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        const { builder, targets, truth } = tell(steps);
        const repo = builder.write();
        const opened = await openRepo(repo.dir);
        assert.ok(opened.ok);
        const head = repo.git("rev-parse", "feature");
        const ask = async (revision: string): Promise<Landed | undefined> =>
          (await findLanded(opened.value, repo.git("rev-parse", revision), [head])).get(head);
        const middle = targets[Math.floor(targets.length / 2)];
        if (middle !== undefined) await ask(`c${middle}`);
        const answer = await ask("main");
        counts[`${truth}`]++;
        const target = repo.git("rev-parse", "main");
        const afresh = (await examine(opened.value, target, [head], [])).get(head)?.facts;
        assert.deepEqual(verdictOn(head, afresh, {}), answer);
        if (truth === "open") assert.notEqual(answer?.state, "landed");
        if (truth === "landed") assert.equal(answer?.state, "landed");
      }),
      { numRuns: 25 },
    );
    assert.ok(counts.open + counts.landed > 5, JSON.stringify(counts));
  });
});
