import type { PanelFinding, PanelSnapshot, Words } from "../../src/messages";
import { button, el, fill } from "./dom";
import { matchesStatus, type SeverityFilter, type StatusFilter, statusFilters, type View } from "./view";

const severityFilters: readonly SeverityFilter[] = ["any", "blocker", "major", "minor", "nit"];

/** What was reviewed, how far the decisions are, and the filters. Built once; `show` brings it up to date. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly query: HTMLInputElement;
  private readonly title = el("h1");
  private readonly subtitle = el("p", { class: "subtitle" });
  private readonly bar = el("progress", { "aria-hidden": "true" });
  private readonly progress = el("p", { role: "status", class: "progress" });
  private readonly problem = el("p", { role: "alert", class: "problem" });
  private readonly statuses: ReadonlyMap<StatusFilter, HTMLButtonElement>;
  private readonly severity: HTMLSelectElement;
  private readonly precision = el("div", { class: "precision" });
  private readonly review: HTMLButtonElement;
  private readonly send: HTMLButtonElement;
  private readonly publish: HTMLButtonElement;

  constructor(
    words: Words,
    change: (view: Partial<View>) => void,
    help: () => void,
    hand: (type: "review" | "send" | "publish") => void,
  ) {
    this.review = button(words.review, {}, () => hand("review"));
    this.send = button("", {}, () => hand("send"));
    this.publish = button(words.publish, {}, () => hand("publish"));
    this.statuses = new Map(
      statusFilters.map((status) => [
        status,
        button(
          words[status],
          { "aria-pressed": "false" },
          () => change({ status }),
          " ",
          el("span", { class: "count" }),
        ),
      ]),
    );
    this.severity = el("select", { "aria-label": words.severityFilter });
    for (const each of severityFilters) {
      this.severity.append(el("option", { value: each }, each === "any" ? words.anySeverity : words[each]));
    }
    this.severity.addEventListener("change", () => {
      const severity = severityFilters.find((each) => each === this.severity.value);
      if (severity) change({ severity });
    });
    this.query = el("input", {
      type: "search",
      placeholder: words.textFilter,
      "aria-label": words.textFilter,
    });
    this.query.addEventListener("input", () => change({ query: this.query.value }));
    this.element = el(
      "header",
      { class: "toolbar" },
      el(
        "div",
        { class: "heading" },
        el("div", {}, this.title, this.subtitle),
        el("div", { class: "far" }, this.bar, this.progress, this.precision),
      ),
      el(
        "div",
        { class: "filters" },
        el(
          "div",
          { role: "group", "aria-label": words.statusFilter, class: "segments" },
          ...this.statuses.values(),
        ),
        this.severity,
        this.query,
        this.review,
        this.send,
        this.publish,
        button("?", { "aria-label": words.help, title: words.help, class: "help-button" }, help),
      ),
      this.problem,
    );
  }

  show(
    snapshot: PanelSnapshot,
    findings: readonly PanelFinding[],
    view: View,
    words: Words,
    problem: string,
  ): void {
    setText(this.title, snapshot.title);
    setText(this.subtitle, snapshot.subtitle);
    const done = findings.filter(({ status }) => status !== "open").length;
    this.bar.hidden = !snapshot.reviewed;
    this.bar.max = Math.max(1, findings.length);
    this.bar.value = done;
    const unsent = findings.filter(({ status, sent }) => status === "accepted" && !sent).length;
    setText(this.send, fill(words.send, unsent));
    // Where nothing was reviewed yet, the empty list offers it.
    this.review.hidden = !snapshot.reviewed;
    this.send.hidden = unsent === 0;
    this.publish.hidden = !findings.some(({ status }) => status === "accepted" || status === "overruled");
    // A text that stays the same is not written again: a screen reader would say it again.
    setText(this.progress, snapshot.reviewed ? fill(words.progress, done, findings.length) : "");
    setText(this.problem, [problem, snapshot.problem].filter(Boolean).join(" "));
    for (const [status, segment] of this.statuses) {
      segment.setAttribute("aria-pressed", String(status === view.status));
      const count = segment.querySelector(".count");
      if (count) setText(count, String(findings.filter((each) => matchesStatus(each, status)).length));
    }
    this.severity.value = view.severity;
    if (this.query.value !== view.query) this.query.value = view.query;
    setText(this.precision, precisionText(snapshot, words));
  }
}

function precisionText({ precision }: PanelSnapshot, words: Words): string {
  const each = precision.flatMap(({ reviewer, accepted, decided, precision }) =>
    precision === null
      ? []
      : [fill(words.precisionOf, reviewer, Math.round(precision * 100), accepted, decided)],
  );
  return each.length === 0 ? "" : `${words.precision} ${each.join(", ")}`;
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
