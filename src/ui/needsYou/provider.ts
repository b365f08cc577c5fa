import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { type Need, needsYou } from "../../fleet/needsYou";
import type { Fleets } from "../fleets";
import { commands } from "../manifest";
import { settings } from "../settings";
import { drawRow } from "../tree/draw";
import { ListProvider } from "../tree/listProvider";
import { bestAction } from "./bestAction";
import { presentNeed } from "./presentNeed";

/** What commands get from the list; they read no more than `repo`, `key` and `state`. */
export interface NeedNode {
  readonly fleet: Fleet;
  readonly need: Need;
  /** The repo's common git folder. */
  readonly repo: string;
  readonly key: string;
  readonly state: string;
}

/** All that a person must decide in all repos, worst first, what is muted last. */
export class NeedsProvider extends ListProvider<NeedNode> {
  constructor(private readonly fleets: Fleets) {
    super();
  }

  protected nodes(): NeedNode[] {
    const nodes = this.fleets.all.flatMap((fleet) =>
      needsYou(fleet.snapshot, settings.staleLimit()).map((need) => ({
        fleet,
        need,
        repo: fleet.repo.commonDir,
        key: need.key,
        state: need.state,
      })),
    );
    return [...nodes.filter(({ need }) => !need.muted), ...nodes.filter(({ need }) => need.muted)];
  }

  getTreeItem({ fleet, need, repo, key }: NeedNode): vscode.TreeItem {
    const row = presentNeed(need, fleet.snapshot, vscode.l10n.t);
    const drawn = drawRow(`${repo}\0${key}`, row, vscode.TreeItemCollapsibleState.None);
    const { command, argument } = bestAction(need, fleet.snapshot);
    drawn.command = { command: commands[command].id, title: row.label, arguments: [argument] };
    return drawn;
  }
}
