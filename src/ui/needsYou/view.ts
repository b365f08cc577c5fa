import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { type Need, needsYou } from "../../fleet/needsYou";
import type { Fleets } from "../fleets";
import { views } from "../manifest";
import { visible } from "../markdown";
import { settings } from "../settings";
import { tellDone } from "../tell";
import { presentNeed } from "./presentNeed";
import { type NeedNode, NeedsProvider } from "./provider";

// Facts come one after the other; what is told is told once for all of them.
const gatherMs = 2_000;

/** The one list of what a person must decide, with the view's badge, the status bar, and a word for what is new. */
export class NeedsView implements vscode.Disposable {
  readonly view: vscode.TreeView<NeedNode>;
  private readonly provider: NeedsProvider;
  private readonly status: vscode.StatusBarItem;
  private readonly owned: vscode.Disposable[];
  private telling: NodeJS.Timeout | undefined;
  private drawn = "";
  /** Facts were still to come when it was to be told what is new. */
  private early = false;

  constructor(
    private readonly fleets: Fleets,
    private readonly worktrees: Pick<vscode.TreeView<unknown>, "visible">,
  ) {
    this.provider = new NeedsProvider(fleets);
    this.view = vscode.window.createTreeView(views.needsYou, { treeDataProvider: this.provider });
    this.status = vscode.window.createStatusBarItem("agentForeman.needsYou", vscode.StatusBarAlignment.Left);
    this.status.name = "Agent Foreman";
    this.status.command = `${views.needsYou}.focus`;
    this.owned = [
      this.provider,
      this.view,
      this.status,
      fleets.onDidChange(() => this.show()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("agentForeman")) this.show();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.telling);
    for (const each of this.owned) each.dispose();
  }

  private show(): void {
    const needs = this.needs();
    this.view.message = faults(this.fleets.all);
    const rows = needs.map(({ fleet, need }) => [
      fleet.repo.commonDir,
      need.key,
      presentNeed(need, fleet.snapshot, vscode.l10n.t),
    ]);
    const drawn = JSON.stringify(rows);
    const complete = this.fleets.all.every(({ snapshot }) => snapshot.complete);
    if (drawn !== this.drawn || (this.early && complete)) {
      this.early = false;
      clearTimeout(this.telling);
      this.telling = setTimeout(() => void this.tell(), gatherMs);
    }
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.provider.redraw();
    const count = needs.filter(({ need }) => !need.muted).length;
    this.view.badge = count > 0 ? { value: count, tooltip: inWords(count) } : undefined;
    this.status.text = `$(bell-dot) ${count}`;
    this.status.tooltip = inWords(count);
    this.status.accessibilityInformation = { label: `Agent Foreman: ${inWords(count)}` };
    if (count > 0) this.status.show();
    else this.status.hide();
  }

  private needs(): { fleet: Fleet; need: Need }[] {
    const limit = settings.staleLimit();
    return this.fleets.all.flatMap((fleet) =>
      needsYou(fleet.snapshot, limit).map((need) => ({ fleet, need })),
    );
  }

  /** Tells what is new, once for ever: what was told is noted in the repo. */
  private async tell(): Promise<void> {
    const limit = settings.staleLimit();
    const news: { fleet: Fleet; need: Need }[] = [];
    this.early = this.fleets.all.some(({ snapshot }) => !snapshot.complete);
    for (const fleet of this.fleets.all) {
      // Where it cannot be noted it would be told again and again.
      const found = await fleet.news(limit).catch(() => []);
      news.push(...found.map((need) => ({ fleet, need })));
    }
    const [first, ...others] = news;
    // Who looks at the sidebar sees it there.
    const seen = vscode.window.state.focused && (this.worktrees.visible || this.view.visible);
    if (!first || seen) return;
    const row = presentNeed(first.need, first.fleet.snapshot, vscode.l10n.t);
    const text =
      others.length > 0
        ? vscode.l10n.t("{0} things need you, among them {1}.", news.length, row.label)
        : vscode.l10n.t("{0} needs you: {1}", row.label, row.description);
    const act = () => vscode.commands.executeCommand(`${views.needsYou}.focus`);
    await tellDone(text, { title: vscode.l10n.t("Show"), act });
  }
}

/** Where what was muted cannot be read, it is all shown, and said why. */
function faults(fleets: readonly Fleet[]): string {
  const found = fleets.flatMap(({ snapshot }) => snapshot.notes.fault ?? []);
  return found.length > 0
    ? visible(vscode.l10n.t("What you muted could not be read: {0}", found.join(" ")))
    : "";
}

function inWords(count: number): string {
  return count === 1
    ? vscode.l10n.t("1 thing needs a decision")
    : vscode.l10n.t("{0} things need a decision", count);
}
