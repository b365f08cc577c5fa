/** Milliseconds that each of several runs took, and what they have in common. */
export interface Times {
  readonly median: number;
  readonly p95: number;
}

export function summary(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

export interface Comparison {
  readonly ours: Times;
  readonly bare: Times;
  /** Median of ours ÷ bare, run for run, so that a machine whose speed drifts does not matter. */
  readonly ratio: number;
  readonly ratioP95: number;
}

/** Runs the two in turn, after one warm-up of each that does not count. */
export async function sideBySide(
  rounds: number,
  ours: (round: number) => Promise<unknown>,
  bare: (round: number) => Promise<unknown>,
): Promise<Comparison> {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round <= rounds; round++) {
    // Whoever goes second finds a warmer cache, so they take turns.
    const first = round % 2 === 0;
    const a = first ? await timed(() => ours(round)) : 0;
    const b = await timed(() => bare(round));
    const c = first ? a : await timed(() => ours(round));
    if (round === 0) continue;
    times.ours.push(c);
    times.bare.push(b);
  }
  const ratios = times.ours.map((ms, i) => ms / (times.bare[i] ?? NaN));
  const { median: ratio, p95: ratioP95 } = summary(ratios);
  return { ours: summary(times.ours), bare: summary(times.bare), ratio, ratioP95 };
}

const rows: string[][] = [];

/** One line of the result, with the goal it is held against. */
export function report(what: string, { ours, bare, ratio }: Comparison, goal: number): void {
  const ms = (n: number): string => `${n.toFixed(n < 10 ? 1 : 0)} ms`;
  say(
    what,
    `${ms(ours.median)} (p95 ${ms(ours.p95)})`,
    ms(bare.median),
    `${ratio.toFixed(2)}×`,
    `≤ ${goal}×`,
    ratio <= goal,
  );
}

/** The same for a figure that has nothing to be compared with. */
export function figure(what: string, value: string, goal: string, met: boolean): void {
  say(what, value, "", "", goal, met);
}

function say(what: string, ours: string, bare: string, ratio: string, goal: string, met: boolean): void {
  const row = [what, ours, bare, ratio, goal, met ? "met" : "MISSED"];
  rows.push(row);
  process.stdout.write(`${row.filter(Boolean).join(" · ")}\n`);
}

/** All lines again, as a Markdown table. */
export function printTable(): void {
  const head = ["what", "ours", "bare git", "ratio", "goal", ""];
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  process.stdout.write(`\n${lines.join("\n")}\n`);
}
