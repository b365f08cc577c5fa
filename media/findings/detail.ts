import type { PanelFinding, Words } from "../../src/messages";
import { button, el, fill } from "./dom";
import { renderMarkdown } from "./markdown";

/** What can be done from the detail. */
export interface Deeds {
  accept(): void;
  overrule(): void;
  undo(): void;
  openFile(): void;
}

/** Everything about one finding, as new elements. */
export function renderDetail(finding: PanelFinding, words: Words, deeds: Deeds): HTMLElement[] {
  const { code, quote, failureScenario, body, suggestion } = finding;
  return [
    heading(finding, words, deeds),
    ...(code ? [codeBlock(code, words)] : quote ? [lostQuote(quote, finding.takenAway, words)] : []),
    ...(failureScenario ? [section(words.failure, el("p", { class: "scenario" }, failureScenario))] : []),
    ...(body ? [el("div", { class: "body" }, renderMarkdown(body))] : []),
    ...finding.refutations.map(({ by, state, argument }) =>
      section(fill(words.refutedBy, words[state], by), el("p", { class: "scenario" }, argument)),
    ),
    ...(suggestion
      ? [
          section(
            words.suggestion,
            ...(suggestion.quote ? [plainCode(suggestion.quote, words.quoted, "before")] : []),
            plainCode(suggestion.replacement, words.instead, "after"),
          ),
        ]
      : []),
  ];
}

function heading(finding: PanelFinding, words: Words, deeds: Deeds): HTMLElement {
  const { severity, category, preExisting, confidence, raised, reviewers, path, line } = finding;
  const facts = [
    category,
    ...(preExisting ? [words.preExisting] : []),
    ...(confidence === null ? [] : [fill(words.confidence, Math.round(confidence * 100))]),
    reviewers.join(", "),
    ...(raised > 1 ? [fill(words.raisedTimes, raised)] : []),
  ];
  const place = line === null ? path : `${path}:${line}`;
  return el(
    "header",
    {},
    el(
      "p",
      { class: "facts" },
      el("span", { class: `severity ${severity}` }, words[severity]),
      ` ${facts.join(" · ")}`,
    ),
    el("h2", {}, finding.title),
    button(place, { class: "link", title: words.openFile }, deeds.openFile),
  );
}

function codeBlock(code: NonNullable<PanelFinding["code"]>, words: Words): HTMLElement {
  const lines = code.lines.map((text, i) => {
    const number = code.startLine + i;
    const meant = number >= code.from && number <= code.to;
    return el(
      "span",
      { class: meant ? "code-line meant" : "code-line" },
      el("span", { class: "number", "aria-hidden": "true" }, String(number)),
      `${text}\n`,
    );
  });
  return el(
    "pre",
    { class: "code", tabindex: 0, role: "region", "aria-label": words.code },
    el("code", {}, ...lines),
  );
}

function lostQuote(quote: string, takenAway: boolean, words: Words): HTMLElement {
  return el(
    "div",
    {},
    el("p", { class: "note" }, takenAway ? words.takenAway : words.noLineWhy),
    plainCode(quote, words.quoted, takenAway ? "before" : "quote"),
  );
}

function plainCode(text: string, label: string, kind: string): HTMLElement {
  return el(
    "pre",
    { class: `code ${kind}`, tabindex: 0, role: "region", "aria-label": label },
    el("code", {}, text),
  );
}

function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return el("section", {}, el("h3", {}, title), ...content);
}

/** What was decided, and the buttons for what can be decided. */
export function renderActions(finding: PanelFinding, words: Words, deeds: Deeds): HTMLElement[] {
  const { status, decision } = finding;
  const said = decision ? [el("p", { class: "decision" }, decisionText(finding, words))] : [];
  const settled = status === "fixed" || status === "outdated";
  const key = (name: string) => el("kbd", { "aria-hidden": "true" }, name);
  return [
    ...said,
    ...(settled && !decision ? [el("p", { class: "decision" }, words[status])] : []),
    el(
      "div",
      { class: "buttons" },
      status !== "accepted" &&
        !settled &&
        button(words.accept, { class: "primary", "aria-keyshortcuts": "a" }, deeds.accept, key("a")),
      status !== "overruled" &&
        !settled &&
        button(words.overrule, { "aria-keyshortcuts": "o" }, deeds.overrule, key("o")),
      decision !== null && button(words.undo, { "aria-keyshortcuts": "u" }, deeds.undo, key("u")),
    ),
  ];
}

function decisionText({ status, decision, sent }: PanelFinding, words: Words): string {
  if (!decision) return "";
  // Not known yet while the decision is on its way to the host.
  const by = decision.by ? fill(words.decidedBy, words[status], decision.by) : words[status];
  const why = decision.reason ? fill(words.decidedWhy, by, decision.reason) : by;
  const more = [...(sent ? [`(${words.sent})`] : []), ...(decision.inherited ? [words.inherited] : [])];
  return [why, ...more].join(" ");
}
