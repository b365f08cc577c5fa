/*
 * npx tsx test/bench/losses/main.ts [GIT-DIR …] [--pairs 100] [--mistakes 40] [--show]
 * Without a repo, one is generated. Prints one table: alarms and questions on really merged pull requests, time beside
 * bare `git merge-tree --write-tree` + `git diff` on the same pairs, and what is found of injected mistakes.
 */
import { parseArgs } from "node:util";
import { checkCached } from "../../../src/losses/cached";
import type { CheckDocument } from "../../../src/model/check";
import { BenchRepo, generate, type Pair, readPairs } from "./gitRepo";
import { makeMistakes, mistakeKinds } from "./mistakes";
import { ask, bare } from "./time";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string", default: "100" },
    mistakes: { type: "string", default: "40" },
    show: { type: "boolean", default: false },
  },
});

async function timed(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

function at(list: readonly number[], share: number): number {
  return [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0;
}

/** What a repo's column says, by row. */
type Column = Map<string, string>;

async function evaluate(source: string): Promise<Column> {
  const bench = new BenchRepo(source);
  const pairs = readPairs(bench, Number(values.pairs));
  const ratios: number[] = [];
  const cached: number[] = [];
  let [alarms, questions, unreadable] = [0, 0, 0];
  for (const pair of pairs) {
    // Warms the disk for both alike, without asking what is to be measured.
    await bare(bench, pair);
    let document: CheckDocument | null = null;
    const first = await timed(async () => {
      document = await ask(bench, pair);
    }).catch(() => null);
    // A snapshot may lack files that are too large for it.
    if (first === null) unreadable++;
    const other = (await timed(() => bare(bench, pair))) / 2 + (await timed(() => bare(bench, pair))) / 2;
    if (document === null || first === null) continue;
    if (lists(document, "losses").length > 0) alarms++;
    if (lists(document, "questions").length > 0) questions++;
    if (values.show) show(bench, pair, document);
    ratios.push(first / other);
    if (cached.length < 10) {
      const request = { base: pair.base, head: pair.head };
      await checkCached(bench.repo, request);
      cached.push(await timed(() => checkCached(bench.repo, request)));
    }
  }
  const share = (n: number) => `${n} (${((100 * n) / Math.max(1, ratios.length)).toFixed(1)} %)`;
  return new Map([
    ["really merged pull requests", String(ratios.length)],
    ...(unreadable > 0 ? [["left out: not all of it is there", String(unreadable)] as const] : []),
    ["alarms, at most 1 %", share(alarms)],
    ["questions, at most 5 %", share(questions)],
    ["time over bare git: median, at most 1.5", at(ratios, 0.5).toFixed(2)],
    ["time over bare git: p95, at most 3", at(ratios, 0.95).toFixed(2)],
    ["from cache, at most 20 ms", `${at(cached, 0.5).toFixed(1)} ms`],
    ...(await inject(bench, pairs)),
  ]);
}

function lists(document: CheckDocument, name: "losses" | "questions") {
  return document[name];
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
        `${word} ${pair.base.slice(0, 9)} ${pair.head.slice(0, 9)} "${subject}": ${path} ${what} of ${introducedBy[0]?.subject}`,
      );
    }
}

async function inject(bench: BenchRepo, pairs: readonly Pair[]): Promise<Column> {
  let seed = 7;
  const pick = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  const counts = new Map(mistakeKinds.map((kind) => [kind, { loss: 0, asked: 0, missed: 0 }]));
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
          `${word} ${mistake.kind}: ${pair.base.slice(0, 9)} ${mistake.head.slice(0, 9)} ${mistake.paths.slice(0, 3)}`,
        );
    }
  const told = [...counts].map(([kind, { loss, asked, missed }]) => {
    const more = asked > 0 ? `, ${asked} asked` : "";
    return [`found: ${kind}`, `${loss} of ${loss + asked + missed}${more}`] as const;
  });
  return new Map(told);
}

async function main(): Promise<void> {
  const sources = positionals.length > 0 ? positionals : [generate(4000, 300)];
  const columns: Column[] = [];
  for (const source of sources) columns.push(await evaluate(source));
  const names = sources.map((source) => source.replace(/\/(repo|\.git)?$/, "").replace(/^.*\//, ""));
  const rows = [...(columns[0]?.keys() ?? [])].map((row) => [
    row,
    ...columns.map((column) => column.get(row) ?? ""),
  ]);
  const lines = [["", ...names], ["", ...names].map(() => "---"), ...rows];
  console.log(lines.map((row) => `| ${row.join(" | ")} |`).join("\n"));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
