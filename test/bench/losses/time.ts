import { runBytes } from "../../../src/git/run";
import { checkCached } from "../../../src/losses/cached";
import { answer } from "../../../src/losses/check";
import type { CheckDocument } from "../../../src/model/check";
import { figure, report, sideBySide, summary } from "../measure";
import { BenchRepo, generate, type Pair, readPairs } from "./gitRepo";

/** What the engine says of a pull request, from nothing. */
export async function ask(bench: BenchRepo, { base, head }: Pair): Promise<CheckDocument | null> {
  const question = {
    base,
    head,
    method: "squash",
    recordedBase: null,
    earlierHeads: [],
    caughtUp: [],
    resetTo: [],
  } as const;
  const found = await answer(bench.repo, {
    question,
    names: { base, head: { ref: head, oid: head }, branch: null },
  });
  return found.ok ? found.value : null;
}

/** What bare git takes to show what merging would change. */
export async function bare(bench: BenchRepo, { base, head }: Pair): Promise<void> {
  const merged = await runBytes(bench.dir, ["merge-tree", "--write-tree", base, head]);
  await runBytes(bench.dir, ["diff", base, merged.stdout.toString().split("\n")[0] ?? base]);
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

/**
 * A check of each of many real merges, one after the other as a refresh makes them, beside bare git on the same pair; and
 * the same answers from the cache, for a branch by its name.
 */
export async function benchLosses(count: number): Promise<void> {
  const [files, merges] = [4_000, 300];
  const bench = new BenchRepo(generate(files, merges));
  const pairs = readPairs(bench, count);
  const at = (round: number): Pair => pairs[round] ?? { base: "", head: "" };
  const rounds = pairs.length - 1;
  const what = `check, ${pairs.length} merges, ${files} files`;
  const whole = await sideBySide(
    rounds,
    (round) => ask(bench, at(round)),
    (round) => bare(bench, at(round)),
  );
  report(`${what}, cold`, whole, 1.5);
  figure(`${what}, cold, p95 of the ratio`, `${whole.ratioP95.toFixed(2)}×`, "≤ 3×", whole.ratioP95 <= 3);
  const cached: number[] = [];
  for (const [i, { base, head }] of pairs.slice(0, 20).entries()) {
    bench.git(["update-ref", `refs/heads/asked${i}`, head]);
    const request = { base, head: `asked${i}` };
    await checkCached(bench.repo, request);
    cached.push(await timed(() => checkCached(bench.repo, request)));
  }
  const { median, p95 } = summary(cached);
  const value = `${median.toFixed(1)} ms (p95 ${p95.toFixed(1)} ms)`;
  figure("check, from cache", value, "≤ 20 ms", median <= 20);
}
