import { checkItself, orderReview, type ReviewOrder, type SelfChecked } from "../fleet/reviewOrder";
import { done, type Outcome, refused } from "../model/outcome";
import { colourOf } from "../model/selfCheck";
import { readReview } from "../review/review";
import { installedReviewers, otherThan } from "../review/reviewers/choose";
import { commandReviewer } from "../review/reviewers/command";
import { customAdapter } from "../review/reviewers/custom";
import type { Reviewer } from "../review/reviewers/reviewer";
import { vendors } from "../review/reviewers/vendors";
import { reviewCommit } from "../review/run";
import type { Answer, Command, Context } from "./command";
import { judgedFindings } from "./findings";
import { findingsText } from "./findingsText";
import { closing, selfCheckText } from "./reviewText";
import { printable } from "./words";

export const review: Command = {
  name: "review",
  summary: "have a fresh reviewer look at a branch",
  usage: "[--head REF] [--with NAME] [--refute] [-- COMMAND…]",
  help: [
    ["--head REF", "the branch or commit (default: HEAD)"],
    ["--base REF", "where it would land (default: the remote's default branch)"],
    [
      "--with NAME",
      `who reviews: ${vendors.map(({ id }) => id).join(", ")} (default: another than built it)`,
    ],
    ["-- COMMAND…", "who reviews: reads the question on stdin, prints the finding JSON"],
    ["--refute", "have a second one try to disprove each finding"],
    ["--skip-checks", "do not run the repo's own typecheck, lint and tests first"],
    ["--despite-red", "review although they are red"],
    ["--timeout MINUTES", "for each who is asked (default: 20)"],
    ["--max-cost USD", "for each who is asked and can be held to it (default: 5)"],
  ],
  options: {
    head: { type: "string" },
    base: { type: "string" },
    with: { type: "string" },
    refute: { type: "boolean" },
    "skip-checks": { type: "boolean" },
    "despite-red": { type: "boolean" },
    timeout: { type: "string" },
    "max-cost": { type: "string" },
  },
  names: [0, 100],
  async run(context: Context): Promise<Answer> {
    const { repo, values, signal, note } = context;
    const limits = readLimits(context);
    if (!limits.ok) return { exitCode: 2, refusal: limits.refusal };
    const head = typeof values.head === "string" ? values.head : "HEAD";
    const base = typeof values.base === "string" ? { base: values.base } : {};
    const order = await orderReview(repo, { head, ...base }, signal);
    if (!order.ok) return { exitCode: 2, refusal: order.refusal };
    const chosen = await choose(context, order.value);
    if (!chosen.ok) return { exitCode: 2, refusal: chosen.refusal };
    const checked = await selfCheck(context, order.value);
    if (!checked.ok) return { exitCode: 2, refusal: checked.refusal };
    const red = checked.value.check !== null && colourOf(checked.value.check) === "red";
    if (red && !values["despite-red"]) return notReviewed(order.value, checked.value);
    note(`${chosen.value.reviewer.label} reviews ${order.value.check.head.oid.slice(0, 8)} …`);
    const reviewed = await reviewCommit(repo, {
      ...order.value,
      ...chosen.value,
      limits: limits.value,
      env: process.env,
      signal,
      onProgress: (who, step) => note(`${who}: ${printable(step)}`),
    });
    if (!reviewed.ok) return { exitCode: 2, refusal: reviewed.refusal };
    const result = await readReview(repo, order.value.check.head.ref);
    if (!result.ok) return { exitCode: 2, refusal: result.refusal };
    const { counts } = result.value;
    return {
      exitCode: counts.open + counts.accepted > 0 ? 1 : 0,
      document: {
        ...documentOf(order.value, checked.value),
        reviewed: true,
        ...reviewed.value,
        counts,
        findings: judgedFindings(result.value),
      },
      text: selfCheckText(checked.value) + findingsText(result.value) + closing(reviewed.value),
    };
  },
};

function badOption(message: string): ReturnType<typeof refused> {
  return refused("bad-arguments", message, `Usage: agent-foreman review ${review.usage}`);
}

function readLimits({ values }: Context): Outcome<{ timeoutMs: number; maxCostUsd: number }> {
  const number = (name: string, fallback: number) =>
    values[name] === undefined ? fallback : Number(values[name]);
  const [minutes, maxCostUsd] = [number("timeout", 20), number("max-cost", 5)];
  // Longer than a day, a timer of node's would be over at once.
  if (!(minutes > 0 && minutes <= 1_440)) return badOption("--timeout takes minutes, at most 1440.");
  if (!(maxCostUsd > 0 && maxCostUsd < 10_000)) return badOption("--max-cost takes US dollars.");
  return done({ timeoutMs: minutes * 60_000, maxCostUsd });
}

type Chosen = { readonly reviewer: Reviewer; readonly refuter: Reviewer | null };

async function choose({ positionals, values }: Context, { builder }: ReviewOrder): Promise<Outcome<Chosen>> {
  const installed = await installedReviewers();
  const [program, ...args] = positionals;
  const adapter = program ? customAdapter([program, ...args]) : vendors.find(({ id }) => id === values.with);
  if (program && values.with !== undefined) return badOption("--with and a command exclude each other.");
  if (values.with !== undefined && !adapter)
    return badOption(`--with takes ${vendors.map(({ id }) => id).join(", ")}.`);
  const reviewer = adapter ? commandReviewer(adapter) : otherThan(builder, installed);
  if (!reviewer)
    return refused(
      "reviewer-missing",
      `No reviewer is installed: none of ${vendors.map((each) => each.program).join(", ")} is on PATH.`,
      "Install one, or give a command after --. Nothing was reviewed.",
    );
  return done({ reviewer, refuter: values.refute ? (otherThan(reviewer.id, installed) ?? reviewer) : null });
}

async function selfCheck(context: Context, order: ReviewOrder): Promise<Outcome<SelfChecked>> {
  const { repo, values, signal, note } = context;
  if (values["skip-checks"]) return done({ check: null, why: "They were skipped, as asked." });
  return checkItself(repo, order, {
    signal,
    onStart: ({ name, command }) => note(`${printable(name)}: ${printable(command.join(" "))} …`),
  });
}

function documentOf({ check: { head, base }, branch }: ReviewOrder, { check, why }: SelfChecked): object {
  return {
    schemaVersion: 1,
    head: { ...head, branch },
    base,
    selfCheck: {
      state: check ? colourOf(check) : "unknown",
      why,
      at: check?.at ?? null,
      parts: check?.parts ?? [],
    },
  };
}

function notReviewed(order: ReviewOrder, checked: SelfChecked): Answer {
  return {
    exitCode: 1,
    document: {
      ...documentOf(order, checked),
      reviewed: false,
      run: null,
      notRefuted: null,
      counts: null,
      findings: [],
    },
    text: `${selfCheckText(checked)}Not reviewed, because the repo's own checks are red. Mend them, or add --despite-red.\n`,
  };
}
