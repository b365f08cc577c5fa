import * as vscode from "vscode";
import { colors } from "../manifest";
import { type Anchor, anchorOf } from "./anchor";
import { blobScheme, blobUri } from "./blobs";
import type { Placed, Places } from "./places";
import { besideGap } from "./words";

type Kind = "loss" | "question";

/** What is missing, drawn where it is missing; and in the target's own file, which lines those are. */
export class Decorations implements vscode.Disposable {
  private readonly types: Readonly<
    Record<Kind, Readonly<Record<Anchor["side"] | "target" | "targetStart", vscode.TextEditorDecorationType>>>
  >;
  private readonly owned: vscode.Disposable[];

  constructor(
    private readonly places: Places,
    extensionUri: vscode.Uri,
  ) {
    this.types = { loss: makeTypes("loss", extensionUri), question: makeTypes("question", extensionUri) };
    this.owned = [
      ...Object.values(this.types).flatMap((each) => Object.values(each)),
      places.onDidChange((uris) => {
        const changed = new Set(uris.map(String));
        for (const editor of vscode.window.visibleTextEditors)
          if (changed.has(editor.document.uri.toString()) || editor.document.uri.scheme === blobScheme)
            this.draw(editor);
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.draw(editor);
      }),
    ];
    for (const editor of vscode.window.visibleTextEditors) this.draw(editor);
  }

  dispose(): void {
    for (const each of this.owned) each.dispose();
  }

  private draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const placed = this.places.at(document.uri);
    const onTarget = document.uri.scheme === blobScheme ? this.onTarget(document) : [];
    for (const kind of ["loss", "question"] as const) {
      const mine = placed.filter(({ mark }) => mark.isLoss === (kind === "loss"));
      const options = { above: [], below: [], instead: [] } as Record<
        Anchor["side"],
        vscode.DecorationOptions[]
      >;
      if (document.uri.scheme !== blobScheme)
        for (const each of mine)
          for (const gap of each.gaps) {
            const { line, side } = anchorOf(gap, document.lineCount);
            const { range } = document.lineAt(line);
            options[side].push({
              range,
              renderOptions: {
                after: { contentText: besideGap(each.mark, textOf(each, gap.lines), vscode.l10n.t) },
              },
            });
          }
      for (const side of ["above", "below", "instead"] as const)
        editor.setDecorations(this.types[kind][side], options[side]);
      const ranges = onTarget.filter(({ mark }) => mark.isLoss === (kind === "loss")).flatMap(targetRanges);
      editor.setDecorations(this.types[kind].target, ranges);
      editor.setDecorations(
        this.types[kind].targetStart,
        ranges.map(({ start }) => new vscode.Range(start, start)),
      );
    }
  }

  /** What would go of the very file and version that a document shows. */
  private onTarget(document: vscode.TextDocument): Placed[] {
    const key = document.uri.toString();
    return this.places
      .all()
      .filter(
        ({ mark: { worktree, deletion, base } }) =>
          blobUri(worktree.path, deletion.path, base.oid).toString() === key,
      );
  }
}

function textOf({ target }: Placed, lines: readonly number[]): string[] {
  return lines.map((line) => target?.[line - 1] ?? "");
}

function targetRanges({ mark }: Placed): vscode.Range[] {
  return mark.deletion.baseRanges.map(([from, to]) => new vscode.Range(from - 1, 0, to - 1, 0));
}

function makeTypes(kind: Kind, extensionUri: vscode.Uri): Decorations["types"][Kind] {
  const color = new vscode.ThemeColor(colors[kind === "loss" ? "lossForeground" : "questionForeground"]);
  const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, "media", `${kind}-${theme}.svg`);
  const gutter: vscode.DecorationRenderOptions = {
    dark: { gutterIconPath: icon("dark") },
    light: { gutterIconPath: icon("light") },
    gutterIconSize: "contain",
  };
  const ruler = { overviewRulerColor: color, overviewRulerLane: vscode.OverviewRulerLane.Right };
  const beside = (border: string): vscode.TextEditorDecorationType =>
    vscode.window.createTextEditorDecorationType({
      ...gutter,
      ...ruler,
      isWholeLine: true,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      after: { margin: "0 0 0 2em", color, fontStyle: "italic" },
      ...(border === "" ? {} : { borderWidth: border, borderStyle: "dashed", borderColor: color }),
    });
  return {
    above: beside("1px 0 0 0"),
    below: beside("0 0 1px 0"),
    instead: beside(""),
    target: vscode.window.createTextEditorDecorationType({
      ...ruler,
      isWholeLine: true,
      // High contrast has no colour behind lines, so they have a bar at their side too.
      borderWidth: "0 0 0 3px",
      borderStyle: "solid",
      borderColor: color,
      backgroundColor: new vscode.ThemeColor(
        colors[kind === "loss" ? "lossBackground" : "questionBackground"],
      ),
    }),
    targetStart: vscode.window.createTextEditorDecorationType(gutter),
  };
}
