import * as vscode from "vscode";
import { visible } from "../markdown";
import type { Row } from "./row";

/** A row as the editor wants it. */
export function drawRow(id: string, row: Row, collapsible: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const drawn = new vscode.TreeItem(visible(row.label), collapsible);
  drawn.id = id;
  drawn.description = visible(row.description);
  drawn.iconPath = new vscode.ThemeIcon(
    row.icon.id,
    row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
  );
  const tooltip = new vscode.MarkdownString(row.tooltip, false);
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  drawn.tooltip = tooltip;
  drawn.contextValue = row.context;
  drawn.accessibilityInformation = { label: row.spoken };
  return drawn;
}
