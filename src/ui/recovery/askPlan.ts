import * as vscode from "vscode";
import type { RecoverDocument } from "../../model/recovery";
import { visible } from "../markdown";
import { type Choices, choicesOf, type PlanRow, type PlanScene, planInShort, planRows } from "./presentPlan";

/** What was decided on a plan. */
export interface Decision extends Choices {
  readonly newBranch: string;
}

interface RowItem extends vscode.QuickPickItem {
  readonly id: PlanRow["id"];
}

/**
 * Shows the plan before anything is done; the person may tick otherwise, and choose another name. Null: nothing is to be
 * done. `problemOf` says why a name cannot be had.
 */
export async function askPlan(
  planned: RecoverDocument,
  scene: Omit<PlanScene, "t">,
  problemOf: (name: string) => Promise<string | null>,
): Promise<Decision | null> {
  let document = planned;
  let ticked: ReadonlySet<string> | null = null;
  for (;;) {
    const answer = await show(document, { ...scene, t: vscode.l10n.t }, ticked);
    if (answer.do === "leave") return null;
    ticked = answer.ticked;
    if (answer.do === "accept") return { newBranch: document.newBranch, ...choicesOf(document, ticked) };
    const name = await askName(document.newBranch, problemOf);
    if (name !== undefined) document = { ...document, newBranch: name };
  }
}

interface Answer {
  readonly do: "accept" | "rename" | "leave";
  readonly ticked: ReadonlySet<string>;
}

function show(
  document: RecoverDocument,
  scene: PlanScene,
  before: ReadonlySet<string> | null,
): Promise<Answer> {
  const { t } = scene;
  const picker = vscode.window.createQuickPick<RowItem>();
  const rename = { iconPath: new vscode.ThemeIcon("edit"), tooltip: t("Choose Another Name") };
  picker.title = visible(t("Recover {0} as {1}", document.branch, document.newBranch));
  picker.placeholder = visible(planInShort(document, t));
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.buttons = [rename];
  const rows = planRows(document, scene);
  const items = rows.map(itemOf);
  picker.items = withHeadings(items, document, scene);
  picker.selectedItems = items.filter((item, i) => before?.has(item.id) ?? rows[i]?.ticked);
  return new Promise<Answer>((resolve) => {
    const end = (how: Answer["do"]) => {
      resolve({ do: how, ticked: new Set(picker.selectedItems.map(({ id }) => id)) });
      picker.dispose();
    };
    picker.onDidAccept(() => end("accept"));
    picker.onDidTriggerButton(() => end("rename"));
    picker.onDidHide(() => end("leave"));
    picker.show();
  });
}

function itemOf({ id, label, description, detail, icon }: PlanRow): RowItem {
  return {
    id,
    label: plain(label),
    description: plain(description),
    detail: plain(detail),
    iconPath: new vscode.ThemeIcon(icon),
  };
}

function withHeadings(items: readonly RowItem[], document: RecoverDocument, { t }: PlanScene): RowItem[] {
  const heading = (label: string): RowItem => ({
    id: "push",
    label: visible(label),
    kind: vscode.QuickPickItemKind.Separator,
  });
  const commits = items.slice(0, document.commits.length);
  const rest = items.slice(document.commits.length);
  return [
    heading(t("oldest first")),
    ...commits,
    ...(rest.length > 0 ? [heading(t("and then")), ...rest] : []),
  ];
}

/** Text from outside in which VS Code finds no `$(icon)`. */
function plain(text: string): string {
  return visible(text).replace(/\$\((?=[\w~-]+\))/g, "\\$(");
}

function askName(
  name: string,
  problemOf: (name: string) => Promise<string | null>,
): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Name of the new branch"),
    value: name,
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
}
