/** Makes text of unknown origin safe for a terminal: control characters are shown, never obeyed. */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => (char === "\n" ? "\\n" : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

/** Time since `iso` in the largest unit that fits: `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function ago(iso: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (Number.isNaN(minutes)) return "at an unknown time";
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} days ago`;
}

/** Columns of text, padded to the widest cell; the last one is left as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const width = (cell: string | undefined): number => [...(cell ?? "")].length;
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  const padded = (cell: string, column: number): string =>
    cell + " ".repeat((widths[column] ?? 0) - width(cell));
  return rows.map((row) => row.map(padded).join("  ").trimEnd()).join("\n");
}

/** `1 file`, `2 files`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
