import type { PanelFinding, PanelSnapshot, Words } from "../../src/messages";
import { type Deeds, renderActions, renderDetail } from "./detail";
import { button, el } from "./dom";
import { renderHelp } from "./help";
import { type Action, actionOf } from "./keys";
import { FindingList } from "./list";
import { renderOverrule } from "./overrule";
import { type Decision, PendingDecisions } from "./pending";
import { Toolbar } from "./toolbar";
import { keepSelection, move, restoreView, type View, visibleFindings } from "./view";
import { host, type Wire } from "./wire";

/** The panel: draws the newest snapshot, under the person's filters, with the decisions that are on their way. */
export class Panel implements Deeds {
  private view: View = restoreView(host.getState());
  private findings: readonly PanelFinding[] = [];
  private shown: readonly PanelFinding[] = [];
  private readonly pending = new PendingDecisions();
  /** What undo takes back once a decided finding has left the list. */
  private readonly decidedHere: string[] = [];
  private problem = "";
  private overruling: string | null = null;
  private drawnDetail: unknown[] = [];
  private readonly toolbar: Toolbar;
  private readonly list: FindingList;
  private readonly detail: HTMLElement;
  private readonly content = el("div", { class: "content" });
  private readonly actions = el("div", { class: "actions" });
  private readonly empty = el("div", { class: "empty" });
  private readonly main: HTMLElement;
  private readonly help: HTMLDialogElement;

  constructor(
    private readonly words: Words,
    private snapshot: PanelSnapshot,
    private readonly wire: Wire,
  ) {
    this.help = renderHelp(words);
    this.toolbar = new Toolbar(
      words,
      (change) => this.change(change),
      () => this.help.showModal(),
      (type) => void this.report(this.wire.ask({ type })),
    );
    this.list = new FindingList(
      () => words,
      (selected) => this.select(selected),
      () => this.openFile(),
    );
    this.detail = el("section", { class: "detail", "aria-label": words.finding }, this.content, this.actions);
    this.main = el("main", {}, this.list.element, this.detail, this.empty);
    document.body.replaceChildren(this.toolbar.element, this.main, this.help);
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.show(snapshot);
    this.list.element.focus();
  }

  show(snapshot: PanelSnapshot): void {
    this.snapshot = snapshot;
    this.draw();
  }

  accept(): void {
    void this.decide("accept", null);
  }

  overrule(): void {
    const finding = this.selected();
    if (!finding || finding.status === "overruled" || isSettled(finding)) return;
    this.overruling = finding.id;
    this.draw();
    this.actions.querySelector("button")?.focus();
  }

  undo(): void {
    const selected = this.selected();
    const id = selected?.decision ? selected.id : this.decidedHere.at(-1);
    const finding = this.findings.find((each) => each.id === id);
    if (!finding?.decision) return;
    this.view = { ...this.view, selected: finding.id };
    void this.decide("reopen", null, finding);
  }

  openFile(): void {
    const finding = this.selected();
    if (finding) void this.report(this.wire.ask({ type: "openFile", finding: finding.id }));
  }

  private selected(): PanelFinding | undefined {
    return this.shown.find(({ id }) => id === this.view.selected);
  }

  private select(selected: string | null): void {
    if (this.overruling !== selected) this.overruling = null;
    this.change({ selected });
  }

  private change(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.draw();
  }

  private async decide(verdict: Decision, reason: string | null, finding = this.selected()): Promise<void> {
    if (!finding || (verdict !== "reopen" && isSettled(finding))) return;
    if (verdict === "accept" && finding.status === "accepted") return;
    const settled = this.pending.add(finding.id, verdict, reason);
    const at = this.decidedHere.lastIndexOf(finding.id);
    if (at >= 0) this.decidedHere.splice(at, 1);
    if (verdict !== "reopen") this.decidedHere.push(finding.id);
    this.draw();
    await this.report(this.wire.ask({ type: "decide", finding: finding.id, verdict, reason }));
    settled();
    this.draw();
  }

  /** Shows why a request was not done; the next one that is done takes it away. */
  private async report(answer: Promise<string | null>): Promise<void> {
    const problem = (await answer) ?? "";
    if (problem === this.problem) return;
    this.problem = problem;
    this.draw();
  }

  private draw(): void {
    const { words, snapshot } = this;
    this.findings = this.pending.apply(snapshot.findings);
    const shown = visibleFindings(this.findings, this.view);
    const selected = keepSelection(this.shown, shown, this.view.selected);
    this.shown = shown;
    if (selected !== this.view.selected) this.view = { ...this.view, selected };
    if (this.overruling !== selected) this.overruling = null;
    host.setState({ ...this.view, worktree: snapshot.worktree });
    this.toolbar.show(snapshot, this.findings, this.view, words, this.problem);
    const isEmpty = shown.length === 0;
    this.main.classList.toggle("is-empty", isEmpty);
    if (isEmpty) this.drawEmpty();
    else this.empty.replaceChildren();
    this.list.show(shown, selected);
    this.drawDetail();
  }

  /** Only when what it shows changed, so that a snapshot does not take away focus, selection or a half-typed reason. */
  private drawDetail(): void {
    const finding = this.selected();
    const key = JSON.stringify([finding ?? null, this.overruling]);
    const [drawnKey, drawnId] = this.drawnDetail;
    if (key === drawnKey) return;
    const hadFocus = this.actions.contains(document.activeElement);
    this.drawnDetail = [key, finding?.id];
    if (!finding) {
      this.content.replaceChildren();
      this.actions.replaceChildren();
    } else {
      this.content.replaceChildren(...renderDetail(finding, this.words, this));
      if (finding.id !== drawnId) this.content.scrollTop = 0;
      this.actions.replaceChildren(
        ...(this.overruling
          ? [renderOverrule(this.words, (reason) => this.endOverrule(reason))]
          : renderActions(finding, this.words, this)),
      );
    }
    if (hadFocus) this.list.element.focus();
  }

  private endOverrule(reason: string | null): void {
    const finding = this.selected();
    this.overruling = null;
    if (reason !== null && finding) void this.decide("overrule", reason);
    else this.draw();
    this.list.element.focus();
  }

  private drawEmpty(): void {
    const { words, snapshot, view } = this;
    const openOnly = view.status === "open" && view.severity === "any" && view.query.trim() === "";
    const key = [snapshot.reviewed, this.findings.length, openOnly].join();
    if (this.empty.dataset.key === key && this.empty.hasChildNodes()) return;
    this.empty.dataset.key = key;
    const sentence = !snapshot.reviewed
      ? words.notReviewed
      : this.findings.length === 0
        ? words.noFindings
        : openOnly
          ? words.allDecided
          : words.noneMatch;
    const showAll = () => this.change({ status: "all", severity: "any", query: "" });
    const ask = (type: "review" | "import") => () => void this.report(this.wire.ask({ type }));
    const buttons =
      snapshot.reviewed && this.findings.length > 0
        ? [button(words.showAll, { class: "primary" }, showAll)]
        : [
            !snapshot.reviewed && button(words.review, { class: "primary" }, ask("review")),
            button(words.importFindings, { class: snapshot.reviewed ? "primary" : "" }, ask("import")),
          ];
    this.empty.replaceChildren(el("p", {}, sentence), el("div", { class: "buttons" }, ...buttons));
  }

  private onKey(event: KeyboardEvent): void {
    if (this.help.open) return;
    const { target } = event;
    const focus = focusOf(target, this.list.element);
    if (event.key === "Escape" && target === this.toolbar.query) {
      if (this.view.query !== "") this.change({ query: "" });
      this.list.element.focus();
      return;
    }
    if ((event.key === "Enter" || event.key === "ArrowDown") && target === this.toolbar.query) {
      event.preventDefault();
      this.list.element.focus();
      return;
    }
    const action = actionOf(event, focus);
    if (!action) return;
    event.preventDefault();
    this.act(action);
  }

  private act(action: Action): void {
    const step = (by: number) => this.select(move(this.shown, this.view.selected, by));
    const deeds: Readonly<Record<Action, () => void>> = {
      next: () => step(1),
      previous: () => step(-1),
      pageDown: () => step(this.list.pageSize),
      pageUp: () => step(-this.list.pageSize),
      first: () => step(-this.shown.length),
      last: () => step(this.shown.length),
      accept: () => this.accept(),
      overrule: () => this.overrule(),
      undo: () => this.undo(),
      openFile: () => this.openFile(),
      filter: () => {
        this.toolbar.query.focus();
        this.toolbar.query.select();
      },
      help: () => this.help.showModal(),
    };
    deeds[action]();
  }
}

function isSettled({ status }: PanelFinding): boolean {
  return status === "fixed" || status === "outdated";
}

function focusOf(target: EventTarget | null, list: Element): "text" | "control" | "list" {
  if (!(target instanceof Element) || target === document.body || target === list) return "list";
  if (target.matches("input, textarea, select")) return "text";
  return "control";
}
