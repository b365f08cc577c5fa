interface Position {
  readonly line: number;
  readonly character: number;
}

/** A change of a text, as VS Code tells it: lines and columns 0-based, as they were before the change. */
export interface TextChange {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Where the start of a line is after some changes, made one after the other; what is typed there does not move it. */
export function shiftLine(line: number, changes: readonly TextChange[]): number {
  let now = line;
  for (const { range, text } of changes) {
    const { start, end } = range;
    if (start.line >= now) continue;
    const last = start.line + (text.match(/\r\n|\r|\n/g)?.length ?? 0);
    const ended = end.line < now || (end.line === now && end.character === 0);
    now = ended ? last + now - end.line : last;
  }
  return now;
}
