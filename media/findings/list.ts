import type { PanelFinding, Words } from "../../src/messages";
import { el, fill } from "./dom";
import { type Row, rowsOf } from "./view";

// In units of the font size; the stylesheet has the same.
const fileHeight = 2;
const findingHeight = 3.4;
const spareRows = 8;

/** The list box. Only the rows near what can be seen are elements, so a thousand cost what thirty cost. */
export class FindingList {
  readonly element = el("div", { role: "listbox", tabindex: 0, class: "list" });
  private readonly canvas = el("div", { role: "presentation", class: "canvas" });
  private readonly shownRows = el("div", { role: "presentation", class: "rows" });
  private rows: Row[] = [];
  private tops: number[] = [];
  private count = 0;
  private selected: string | null = null;
  private unit = 13;
  private waiting = false;

  constructor(
    private readonly words: () => Words,
    private readonly onSelect: (id: string) => void,
    private readonly onOpen: () => void,
  ) {
    this.canvas.append(this.shownRows);
    this.element.append(this.canvas);
    this.element.addEventListener("scroll", () => this.drawSoon());
    new ResizeObserver(() => this.layout()).observe(this.element);
    this.element.addEventListener("click", (event) => {
      const id = idAt(event.target);
      if (id !== null) this.onSelect(id);
    });
    this.element.addEventListener("dblclick", (event) => {
      if (idAt(event.target) !== null) this.onOpen();
    });
  }

  show(findings: readonly PanelFinding[], selected: string | null): void {
    this.element.setAttribute("aria-label", this.words().findings);
    this.rows = rowsOf(findings);
    this.count = findings.length;
    this.selected = selected;
    this.layout();
    this.reveal();
  }

  /** How many findings fit, for a page up or down. */
  get pageSize(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / (findingHeight * this.unit)) - 1);
  }

  private layout(): void {
    this.unit = Number.parseFloat(getComputedStyle(this.element).fontSize) || 13;
    let top = 0;
    this.tops = this.rows.map((row) => {
      const at = top;
      top += this.heightOf(row);
      return at;
    });
    this.canvas.style.height = `${top}px`;
    this.draw();
  }

  private heightOf(row: Row): number {
    return (row.kind === "file" ? fileHeight : findingHeight) * this.unit;
  }

  private reveal(): void {
    const at = this.rows.findIndex((row) => row.kind === "finding" && row.finding.id === this.selected);
    const row = this.rows[at];
    if (!row) return;
    // The first finding of a file comes with the file's name.
    const first = this.rows[at - 1]?.kind === "file" ? at - 1 : at;
    const top = this.tops[first] ?? 0;
    const bottom = (this.tops[at] ?? 0) + this.heightOf(row);
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.element.scrollTop = bottom - clientHeight;
    this.draw();
  }

  private drawSoon(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const from = Math.max(0, this.rowAt(scrollTop) - spareRows);
    const to = Math.min(this.rows.length, this.rowAt(scrollTop + clientHeight) + 1 + spareRows);
    const groups: HTMLElement[] = [];
    let group: HTMLElement | null = null;
    for (const row of this.rows.slice(from, to)) {
      if (row.kind === "file" || !group) {
        const path = row.kind === "file" ? row.path : row.finding.path;
        group = el("div", { role: "group", "aria-label": path });
        groups.push(group);
      }
      group.append(row.kind === "file" ? this.file(row) : this.option(row));
    }
    this.shownRows.style.transform = `translateY(${this.tops[from] ?? 0}px)`;
    this.shownRows.replaceChildren(...groups);
    const active = this.selected !== null && document.getElementById(domId(this.selected)) !== null;
    if (active) this.element.setAttribute("aria-activedescendant", domId(this.selected ?? ""));
    else this.element.removeAttribute("aria-activedescendant");
  }

  private rowAt(y: number): number {
    let low = 0;
    let high = this.tops.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.tops[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private file({ path, count }: Extract<Row, { kind: "file" }>): HTMLElement {
    const slash = path.lastIndexOf("/") + 1;
    return el(
      "div",
      { class: "file", "aria-hidden": "true", title: path },
      el("span", { class: "name" }, path.slice(slash)),
      el("span", { class: "folder" }, el("bdi", {}, path.slice(0, Math.max(0, slash - 1)))),
      el("span", { class: "count" }, String(count)),
    );
  }

  private option({ finding, position }: Extract<Row, { kind: "finding" }>): HTMLElement {
    const words = this.words();
    const place = finding.line === null ? words.noLine : fill(words.line, finding.line);
    const facts = [finding.category, place, finding.reviewers.join(", ")];
    return el(
      "div",
      {
        role: "option",
        id: domId(finding.id),
        class: `option ${finding.status}`,
        "aria-selected": String(finding.id === this.selected),
        "aria-posinset": position,
        "aria-setsize": this.count,
      },
      el("span", { class: `severity ${finding.severity}` }, words[finding.severity]),
      el("span", { class: "title" }, finding.title),
      el("span", { class: "status" }, finding.status === "open" ? "" : words[finding.status]),
      el("span", { class: "facts" }, facts.join(" · ")),
    );
  }
}

function domId(id: string): string {
  return `finding-${id}`;
}

function idAt(target: EventTarget | null): string | null {
  const option = target instanceof Element ? target.closest("[role=option]") : null;
  return option ? option.id.slice("finding-".length) : null;
}
