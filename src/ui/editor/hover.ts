import * as vscode from "vscode";
import { commands } from "../manifest";
import { anchorOf } from "./anchor";
import { blobScheme } from "./blobs";
import { hoverCommands, hoverText } from "./hoverText";
import type { Placed, Places } from "./places";

/** Who shipped what is missing here, why it looks unmeant, and what can be done. */
export class LossHover implements vscode.HoverProvider {
  constructor(private readonly places: Places) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    const found = this.places.at(document.uri).flatMap((placed) => {
      const range = rangeAt(placed, document, position);
      return range ? [{ placed, range }] : [];
    });
    const [first] = found;
    if (!first) return null;
    return new vscode.Hover(
      found.map(({ placed }) => markdown(placed, document.languageId)),
      first.range,
    );
  }
}

/** What a pointer has to be on: the words beside the line, or its first word, which is underlined. */
function rangeAt(
  { mark, gaps }: Placed,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Range | null {
  if (document.uri.scheme === blobScheme) {
    const { line } = position;
    const isGone = mark.deletion.baseRanges.some(([from, to]) => from - 1 <= line && line <= to - 1);
    return isGone ? document.lineAt(line).range : null;
  }
  const isHere = gaps.some((gap) => anchorOf(gap, document.lineCount).line === position.line);
  if (!isHere) return null;
  const { range, firstNonWhitespaceCharacterIndex: start } = document.lineAt(position.line);
  const word = document.getWordRangeAtPosition(position.with({ character: start }));
  if (position.character >= range.end.character) return new vscode.Range(range.end, range.end);
  return position.character <= (word?.end.character ?? start + 1) ? (word ?? range) : null;
}

function markdown({ mark, target, gaps }: Placed, language: string): vscode.MarkdownString {
  const lines = gaps.flatMap((gap, i) => [
    ...(i > 0 ? ["⋯"] : []),
    ...gap.lines.map((line) => target?.[line - 1] ?? ""),
  ]);
  const text = new vscode.MarkdownString(
    hoverText(mark, { lines, language, now: Date.now(), t: vscode.l10n.t }),
    true,
  );
  text.isTrusted = { enabledCommands: hoverCommands.map((name) => commands[name].id) };
  text.supportHtml = false;
  return text;
}
