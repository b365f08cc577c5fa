import type { PanelFinding } from "../../src/messages";

export const statusFilters = ["open", "accepted", "overruled", "settled", "all"] as const;
export type StatusFilter = (typeof statusFilters)[number];
export type SeverityFilter = PanelFinding["severity"] | "any";

/** What the person chose to see; kept when the panel is hidden or VS Code restarts. */
export interface View {
  readonly status: StatusFilter;
  readonly severity: SeverityFilter;
  readonly query: string;
  /** Null while the list is empty. */
  readonly selected: string | null;
}

export const firstView: View = { status: "open", severity: "any", query: "", selected: null };

/** Reads what an earlier panel kept; whatever is not as expected counts as not chosen. */
export function restoreView(kept: unknown): View {
  const { status, severity, query, selected } = Object(kept) as Partial<Record<keyof View, unknown>>;
  return {
    status: statusFilters.find((each) => each === status) ?? firstView.status,
    severity: (["blocker", "major", "minor", "nit"] as const).find((each) => each === severity) ?? "any",
    query: typeof query === "string" ? query.slice(0, 200) : "",
    selected: typeof selected === "string" ? selected : null,
  };
}

/** `settled`: what its code's change answered, whatever was decided. */
export function matchesStatus(finding: PanelFinding, filter: StatusFilter): boolean {
  if (filter === "all") return true;
  if (filter === "settled") return finding.status === "fixed" || finding.status === "outdated";
  return finding.status === filter;
}

export function visibleFindings(findings: readonly PanelFinding[], view: View): PanelFinding[] {
  const wanted = view.query.trim().toLowerCase();
  return findings.filter(
    (finding) =>
      matchesStatus(finding, view.status) &&
      (view.severity === "any" || finding.severity === view.severity) &&
      (wanted === "" ||
        [finding.title, finding.path, finding.category, ...finding.reviewers].some((text) =>
          text.toLowerCase().includes(wanted),
        )),
  );
}

/** The selected one where it is still shown; else what stands where it stood, so that a decision leads to the next. */
export function keepSelection(
  before: readonly PanelFinding[],
  after: readonly PanelFinding[],
  selected: string | null,
): string | null {
  if (after.some(({ id }) => id === selected)) return selected;
  const shown = new Set(after.map(({ id }) => id));
  const at = before.findIndex(({ id }) => id === selected);
  const next = at < 0 ? undefined : before.slice(at + 1).find(({ id }) => shown.has(id));
  const previous = at < 0 ? after[0] : after.at(-1);
  return (next ?? previous)?.id ?? null;
}

/** One step of a walk; stays at the ends. */
export function move(shown: readonly PanelFinding[], selected: string | null, by: number): string | null {
  const at = shown.findIndex(({ id }) => id === selected);
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1);
  return shown[to]?.id ?? null;
}

/** A line of the list: a file's name, or a finding in it. */
export type Row =
  | { readonly kind: "file"; readonly path: string; readonly count: number }
  | { readonly kind: "finding"; readonly finding: PanelFinding; readonly position: number };

export function rowsOf(shown: readonly PanelFinding[]): Row[] {
  const rows: Row[] = [];
  let file: { kind: "file"; path: string; count: number } | null = null;
  shown.forEach((finding, index) => {
    if (file?.path !== finding.path) {
      file = { kind: "file", path: finding.path, count: 0 };
      rows.push(file);
    }
    file.count++;
    rows.push({ kind: "finding", finding, position: index + 1 });
  });
  return rows;
}
