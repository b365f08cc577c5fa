import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";
import type { JudgedFinding, ReviewRun } from "../model/verdict";
import { type ExportFormat, exportFormats, writeFindings } from "../review/formats/write";
import { importFindings, mostBytes, tooLarge } from "../review/import";
import { importFile } from "../review/importFile";
import { shownPath } from "../review/rank";
import { type Review, readReview } from "../review/review";
import { writeAtomic } from "../store/atomic";
import type { Answer, Command, Context } from "./command";
import { ago, count, printable, table } from "./words";

export const findings: Command = {
  name: "findings",
  summary: "what reviewers said of a branch, and what became of it",
  usage: "[--head REF] [--import FILE] [--export FILE --as json|sarif|rdjson]",
  help: [
    ["--head REF", "the branch or commit (default: HEAD)"],
    [
      "--import FILE",
      "take in a reviewer's findings first: ours, SARIF, rdjson, an agent's report; - is stdin",
    ],
    ["--export FILE", "write them to a file instead; - is stdout"],
    ["--as FORMAT", `${exportFormats.join(", ")} (default: json)`],
  ],
  options: {
    head: { type: "string" },
    import: { type: "string" },
    export: { type: "string" },
    as: { type: "string" },
  },
  names: [0, 0],
  async run(context: Context): Promise<Answer> {
    const { values, repo } = context;
    const format = exportFormat(context);
    if (!format.ok) return { exitCode: 2, refusal: format.refusal };
    let ref = typeof values.head === "string" ? values.head : "HEAD";
    if (typeof values.import === "string") {
      const run = await takeIn(context, values.import, ref);
      if (!run.ok) return { exitCode: 2, refusal: run.refusal };
      context.note(`${count(run.value.findings, "finding")} of ${printable(run.value.reviewer)} imported.`);
      // Findings about another commit than the one asked about are listed there, where they belong.
      if (typeof values.head !== "string" && run.value.branch === null) ref = run.value.headOid;
    }
    const review = await readReview(repo, ref);
    if (!review.ok) return { exitCode: 2, refusal: review.refusal };
    if (review.value.runs.length === 0) return { exitCode: 2, refusal: notReviewed(review.value) };
    if (typeof values.export === "string") return writeOut(review.value, values.export, format.value);
    return { exitCode: 0, document: findingsDocument(review.value), text: findingsText(review.value) };
  },
};

function exportFormat({ values }: Context): Outcome<ExportFormat> {
  const format = exportFormats.find((each) => each === (values.as ?? "json"));
  if (format && (values.as === undefined || values.export !== undefined)) return done(format);
  return refused(
    "bad-arguments",
    format ? "--as needs --export FILE." : `--as takes ${exportFormats.join(", ")}.`,
    `Usage: agent-foreman findings ${findings.usage}`,
  );
}

async function takeIn({ repo }: Context, file: string, ref: string): Promise<Outcome<ReviewRun>> {
  if (file !== "-") return importFile(repo, file, ref);
  const text = await readStdin();
  return text === null ? tooLarge() : importFindings(repo, { text, reviewer: "stdin", ref });
}

/** Null: it is too much. */
async function readStdin(): Promise<string | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > mostBytes) return null;
  }
  return Buffer.concat(pieces).toString();
}

function notReviewed({ head }: Review) {
  return {
    code: "not-reviewed",
    message: `${head.branch ?? head.oid.slice(0, 8)} was not reviewed: nothing is known of it.`,
    hint: "Import a reviewer's findings with --import FILE, or name another branch with --head.",
  };
}

async function writeOut(review: Review, file: string, format: ExportFormat): Promise<Answer> {
  const exported = writeFindings(review, format);
  const text = `${JSON.stringify(exported, null, 2)}\n`;
  if (file === "-") return { exitCode: 0, document: exported, text };
  await writeAtomic(path.resolve(file), text);
  const document = { schemaVersion: 1, exported: { file: path.resolve(file), format } };
  return { exitCode: 0, document, text: `Written to ${printable(file)}.\n` };
}

/** The `findings` document. */
export function findingsDocument({ head, runs, findings, counts, precision }: Review): object {
  return {
    schemaVersion: 1,
    head,
    reviewed: runs.map((run) => ({ ...run, current: run.headOid === head.oid })),
    counts,
    precision,
    findings,
  };
}

/** The same for a person: a block a file, a line a finding, and how far the decisions are. */
export function findingsText(review: Review): string {
  const blocks = new Map<string, JudgedFinding[]>();
  for (const finding of review.findings) {
    const file = shownPath(finding);
    blocks.set(file, [...(blocks.get(file) ?? []), finding]);
  }
  const files = [...blocks].map(
    ([file, group]) => `${printable(file)}\n${table(group.map(row)).replace(/^/gm, "  ")}\n\n`,
  );
  return files.join("") + closing(review);
}

function row(finding: JudgedFinding): string[] {
  const { id, severity, anchor, status, decision, title } = finding;
  const reason = status === "overruled" && decision?.reason ? ` (${printable(decision.reason)})` : "";
  return [
    id.slice(0, 8),
    status,
    severity,
    anchor ? `line ${anchor.startLine}` : "no line",
    printable(title) + reason,
  ];
}

function closing({ head, runs, counts, findings }: Review): string {
  const newest = runs.at(-1);
  const progress =
    findings.length === 0
      ? "No findings."
      : `${counts.decided} of ${counts.total} decided, ${counts.open} open.`;
  const by = [...new Set(runs.map(({ reviewer }) => printable(reviewer)))].join(", ");
  const at =
    newest && newest.headOid !== head.oid ? `at ${newest.headOid.slice(0, 8)}, not at this head` : "";
  return `${progress} Reviewed by ${by}${at ? ` ${at}` : ""}${newest ? `, ${ago(newest.at)}` : ""}.\n`;
}
