import type { JudgedFinding } from "../../model/verdict";
import { codeBlock, codeWords, shorten } from "../plainText";
import { shownPath } from "../rank";
import type { Review } from "../review";
import { withMark } from "./marker";
import { neutralCell, neutralText, neutralWords } from "./neutral";

// GitHub takes 65,536 characters, and escaping can make a text several times as long.
const longest = {
  title: 200,
  scenario: 1_500,
  body: 4_000,
  code: 3_000,
  reason: 300,
  name: 80,
  path: 300,
} as const;
const longestSummary = 60_000;

/** The remark at the line of an accepted finding. */
export function findingRemark(finding: JudgedFinding): string {
  return withMark(`${heading(finding)}\n\n${particulars(finding)}`, { kind: "finding", finding: finding.id });
}

/** What stands there instead once it is not accepted any more. */
export function takenBackRemark({ id, title, status, decision }: JudgedFinding): string {
  const said = neutralWords(title, longest.title);
  const why =
    status === "overruled"
      ? `Overruled by ${neutralWords(decision?.by ?? "", longest.name)}: ${neutralWords(decision?.reason ?? "", longest.reason)}`
      : "It is not decided any more.";
  return withMark(`~~${said}~~\n\n${why}`, { kind: "taken-back", finding: id });
}

function heading({ severity, category, title }: JudgedFinding): string {
  return `**${capital(severity)} · ${category}** ${neutralWords(title, longest.title)}`;
}

function particulars(finding: JudgedFinding): string {
  const { failureScenario, body, suggestion, reviewers, decision } = finding;
  const by = `Raised by ${reviewers.map((each) => neutralWords(each, longest.name)).join(", ")}, accepted by ${neutralWords(decision?.by ?? "", longest.name)}.`;
  return [
    ...(failureScenario ? [`**What goes wrong:** ${neutralText(failureScenario, longest.scenario)}`] : []),
    // What a reviewer has nothing to add to is said once.
    ...(body && body !== failureScenario && body !== finding.title ? [neutralText(body, longest.body)] : []),
    ...(suggestion ? [`Suggestion:\n${codeBlock(shorten(suggestion.replacement, longest.code))}`] : []),
    `<sub>${by}</sub>`,
  ].join("\n\n");
}

/** The text above the remarks: how the review stands, what has no line in the diff, what was overruled and why. */
export function summaryText(review: Review, remarked: ReadonlySet<string>): string {
  const { findings, head, runs } = review;
  const of = (status: JudgedFinding["status"]) => findings.filter((finding) => finding.status === status);
  const accepted = of("accepted");
  const overruled = of("overruled");
  const reviewers = [...new Set(runs.map(({ reviewer }) => neutralWords(reviewer, longest.name)))];
  const newest = runs.at(-1);
  const earlier =
    newest && newest.headOid !== head.oid
      ? `, which read ${newest.headOid.slice(0, 12)}, an earlier commit`
      : "";
  const counts = [
    `${accepted.length} to be fixed`,
    `${overruled.length} overruled`,
    ...some(of("fixed").length, "fixed since"),
    ...some(of("open").length, "not decided yet"),
  ];
  const text = fitted([
    {
      head: `### Review of ${head.oid.slice(0, 12)}\n\nBy ${reviewers.join(", ")}${earlier}. ${counts.join(", ")}.`,
      items: [],
    },
    {
      head: `\n#### To be fixed\n\n${row(["Finding", "Where"])}\n${row(["---", "---"])}`,
      items: accepted
        .filter(({ id }) => remarked.has(id))
        .map((each) => row([neutralCell(each.title, longest.title), neutralCell(place(each), longest.path)])),
    },
    {
      head: "\n#### To be fixed, outside of this diff",
      items: accepted
        .filter(({ id }) => !remarked.has(id))
        .map(
          (each) =>
            `\n${heading(each)}\n${codeWords(shorten(place(each), longest.path))}\n\n${particulars(each)}`,
        ),
    },
    {
      head: `\n#### Overruled\n\n${row(["Finding", "Where", "Why", "By"])}\n${row(["---", "---", "---", "---"])}`,
      items: overruled.map((each) =>
        row([
          neutralCell(each.title, longest.title),
          neutralCell(place(each), longest.path),
          neutralCell(each.decision?.reason ?? "", longest.reason),
          neutralCell(each.decision?.by ?? "", longest.name),
        ]),
      ),
    },
  ]);
  return withMark(text, { kind: "summary" });
}

/** The text above remarks that came later than the summary. */
export function moreText(summaryUrl: string): string {
  return withMark(`More of [the review](${summaryUrl}).`, { kind: "more" });
}

function place(finding: JudgedFinding): string {
  return shownPath(finding) + (finding.anchor ? `:${finding.anchor.startLine}` : "");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function some(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}

interface Section {
  readonly head: string;
  readonly items: readonly string[];
}

/** As many whole items as GitHub takes; how many were left out is said. */
function fitted([first, ...sections]: readonly [Section, ...Section[]]): string {
  let text = first.head;
  let left = 0;
  for (const { head, items } of sections) {
    if (items.length > 0) text += `\n${head}`;
    for (const item of items) {
      if (text.length + item.length > longestSummary) left++;
      else text += `\n${item}`;
    }
  }
  return left === 0 ? text : `${text}\n\n${left} more did not fit: \`agent-foreman findings\` lists all.`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
