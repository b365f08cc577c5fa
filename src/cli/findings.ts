import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";
import type { ReviewRun } from "../model/verdict";
import { type ExportFormat, exportFormats, writeFindings } from "../review/formats/write";
import { importFindings, mostBytes, tooLarge } from "../review/import";
import { importFile } from "../review/importFile";
import { type Review, readReview } from "../review/review";
import { type SentFindings, sendAccepted } from "../review/send/send";
import { writeAtomic } from "../store/atomic";
import type { Answer, Command, Context } from "./command";
import { publish, publishedText, takeFromPull, takenText } from "./findingsGitHub";
import { findingsText, sentText } from "./findingsText";
import { count, printable } from "./words";

export const findings: Command = {
  name: "findings",
  summary: "what reviewers said of a branch, and what became of it",
  usage:
    "[--head REF] [--import FILE] [--from-pull] [--send [--again]] [--publish] [--pull NUMBER] [--export FILE --as json|sarif|rdjson]",
  help: [
    ["--head REF", "the branch or commit (default: HEAD)"],
    [
      "--import FILE",
      "take in a reviewer's findings first: ours, SARIF, rdjson, an agent's report; - is stdin",
    ],
    ["--from-pull", "take in what reviewers say on the branch's pull request (GITHUB_TOKEN)"],
    ["--send", "put the accepted ones into a file for the agent in the branch's worktree, each once"],
    ["--again", "with --send: those too that were sent before"],
    ["--publish", "say on the pull request what was decided, and set its status agent-foreman/review"],
    ["--pull NUMBER", "the pull request (default: the branch's open one)"],
    ["--export FILE", "write them to a file instead; - is stdout"],
    ["--as FORMAT", `${exportFormats.join(", ")} (default: json)`],
  ],
  options: {
    head: { type: "string" },
    import: { type: "string" },
    export: { type: "string" },
    as: { type: "string" },
    "from-pull": { type: "boolean" },
    send: { type: "boolean" },
    again: { type: "boolean" },
    publish: { type: "boolean" },
    pull: { type: "string" },
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
    if (values["from-pull"] === true) {
      const taken = await withReview(context, ref, takeFromPull);
      if (!taken.ok) return { exitCode: 2, refusal: taken.refusal };
      context.note(takenText(taken.value));
    }
    const sent =
      values.send === true ? await sendAccepted(repo, { ref, again: values.again === true }) : null;
    if (sent && !sent.ok) return { exitCode: 2, refusal: sent.refusal };
    const published = values.publish === true ? await withReview(context, ref, publish) : null;
    if (published && !published.ok) return { exitCode: 2, refusal: published.refusal };
    const review = await readReview(repo, ref);
    if (!review.ok) return { exitCode: 2, refusal: review.refusal };
    if (review.value.runs.length === 0) {
      if (published) context.note(publishedText(published.value).trimEnd());
      return { exitCode: 2, refusal: notReviewed(review.value) };
    }
    if (typeof values.export === "string") return writeOut(review.value, values.export, format.value);
    return {
      exitCode: 0,
      document: {
        ...findingsDocument(review.value),
        ...(sent ? { sent: sentDocument(sent.value) } : {}),
        ...(published ? { published: published.value } : {}),
      },
      text: [
        findingsText(review.value),
        ...(sent ? [sentText(sent.value)] : []),
        ...(published ? [publishedText(published.value)] : []),
      ].join("\n"),
    };
  },
};

async function withReview<T>(
  context: Context,
  ref: string,
  action: (context: Context, review: Review) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const review = await readReview(context.repo, ref);
  return review.ok ? action(context, review.value) : review;
}

function sentDocument({ findings, ...rest }: SentFindings): object {
  return { ...rest, findings: findings.map(({ id }) => id) };
}

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
    hint: "Run agent-foreman review, import findings with --import FILE, or name another branch with --head.",
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
export function findingsDocument(review: Review): object {
  const { head, runs, counts, precision } = review;
  return {
    schemaVersion: 1,
    head,
    reviewed: runs.map((run) => ({ ...run, current: run.headOid === head.oid && !run.remarks })),
    counts,
    precision,
    findings: judgedFindings(review),
  };
}

/** Each finding with what those found who tried to disprove it. */
export function judgedFindings({ findings, refutations }: Review): object[] {
  return findings.map((finding) => ({ ...finding, refutations: refutations.get(finding.id) ?? [] }));
}
