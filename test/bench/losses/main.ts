/*
 * npx tsx test/bench/losses/main.ts [GIT-DIR …] [--pairs 100] [--show]
 * Without a repo, one is generated. Prints, per repo: alarms and questions on really merged pull requests, what is found
 * of injected mistakes, and time beside bare `git merge-tree --write-tree` + `git diff` on the same pairs.
 */
import { parseArgs } from "node:util";
import { runBytes } from "../../../src/git/run";
import { checkCached } from "../../../src/losses/cached";
import { answer } from "../../../src/losses/check";
import type { CheckDocument } from "../../../src/model/check";
import { BenchRepo, generate, type Pair, readPairs } from "./gitRepo";
import { makeMistakes } from "./mistakes";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string", default: "100" },
    mistakes: { type: "string", default: "40" },
    show: { type: "boolean", default: false },
  },
});

async function ask(bench: BenchRepo, { base, head }: Pair): Promise<CheckDocument | null> {
  const question = {
    base,
    head,
    method: "squash",
    recordedBase: null,
    earlierHeads: [],
    caughtUp: [],
  } as const;
  const found = await answer(bench.repo, {
    question,
    names: { base, head: { ref: head, oid: head }, branch: null },
  });
  return found.ok ? found.value : null;
}

async function bare(bench: BenchRepo, { base, head }: Pair): Promise<void> {
  const merged = await runBytes(bench.dir, ["merge-tree", "--write-tree", base, head]);
  await runBytes(bench.dir, ["diff", base, merged.stdout.toString().split("\n")[0] ?? base]);
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

function at(list: readonly number[], share: number): number {
  return [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0;
}

async function evaluate(source: string): Promise<void> {
  const bench = new BenchRepo(source);
  const pairs = readPairs(bench, Number(values.pairs));
  const ratios: number[] = [];
  const times: number[] = [];
  const cached: number[] = [];
  const further: number[] = [];
  let [alarms, questions, judged] = [0, 0, 0];
  const count = (pair: Pair, document: CheckDocument | null) => {
    if (!document) return;
    judged++;
    if (document.losses.length > 0) alarms++;
    if (document.questions.length > 0) questions++;
    if (values.show) show(bench, pair, document);
  };
  for (const pair of pairs) {
    // Warms the disk for both alike, without asking what is to be measured.
    await bare(bench, pair);
    await runBytes(bench.dir, [
      "log",
      "--first-parent",
      "--diff-merges=first-parent",
      "--raw",
      "--max-count=60",
      pair.base,
    ]);
    let document: CheckDocument | null = null;
    const first = await timed(async () => {
      document = await ask(bench, pair);
    });
    const other = (await timed(() => bare(bench, pair))) / 2 + (await timed(() => bare(bench, pair))) / 2;
    const next = await timed(() => ask(bench, pair));
    count(pair, document);
    if (document === null) continue;
    times.push(first);
    ratios.push(first / other);
    further.push(next / other);
    if (cached.length < 10) {
      const request = { base: pair.base, head: pair.head };
      await checkCached(bench.repo, request);
      cached.push(await timed(() => checkCached(bench.repo, request)));
    }
  }
  const percent = (n: number, of: number) => `${((100 * n) / Math.max(1, of)).toFixed(1)} %`;
  console.log(`\n${source}: ${judged} really merged pull requests`);
  console.log(
    `  alarms ${alarms} (${percent(alarms, judged)}), questions ${questions} (${percent(questions, judged)})`,
  );
  const spread = (list: readonly number[]) =>
    `median ${at(list, 0.5).toFixed(2)}, p95 ${at(list, 0.95).toFixed(2)}`;
  console.log(
    `  ${at(times, 0.5).toFixed(1)} ms; over bare git: ${spread(ratios)}; a further branch on the same base: ${spread(further)}`,
  );
  console.log(`  from cache, names looked up: ${at(cached, 0.5).toFixed(1)} ms`);
  await inject(bench, pairs);
}

function show(bench: BenchRepo, pair: Pair, document: CheckDocument): void {
  for (const [word, list] of [
    ["ALARM", document.losses],
    ["QUESTION", document.questions],
  ] as const)
    for (const { path, lines, evidence, introducedBy } of list.slice(0, 4)) {
      const subject = bench.git(["log", "-1", "--format=%s", pair.head]);
      const what = `${evidence.map(({ code }) => code).join()} (${lines})`;
      console.log(
        `  ${word} ${pair.head.slice(0, 9)} "${subject}": ${path} ${what} of ${introducedBy[0]?.subject}`,
      );
    }
}

async function inject(bench: BenchRepo, pairs: readonly Pair[]): Promise<void> {
  let seed = 7;
  const pick = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  const counts = new Map<string, { loss: number; asked: number; missed: number }>();
  for (const pair of pairs.slice(0, Number(values.mistakes)))
    for (const mistake of makeMistakes(bench, pair, pick)) {
      const document = await ask(bench, { base: pair.base, head: mistake.head });
      if (!document) continue;
      const among = (list: readonly { readonly path: string }[]) =>
        list.some(({ path }) => mistake.paths.includes(path));
      const word = among(document.losses) ? "loss" : among(document.questions) ? "asked" : "missed";
      const count = counts.get(mistake.kind) ?? { loss: 0, asked: 0, missed: 0 };
      counts.set(mistake.kind, { ...count, [word]: count[word] + 1 });
      if (values.show && word !== "loss")
        console.log(
          `  ${word} ${mistake.kind}: ${pair.base.slice(0, 9)} ${mistake.head.slice(0, 9)} ${mistake.paths.slice(0, 3)}`,
        );
    }
  for (const [kind, { loss, asked, missed }] of counts) {
    const all = loss + asked + missed;
    console.log(`  ${kind.padEnd(26)} found ${loss}/${all}, asked ${asked}, missed ${missed}`);
  }
}

async function main(): Promise<void> {
  const sources = positionals.length > 0 ? positionals : [generate(4000, 300)];
  for (const source of sources) await evaluate(source);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
