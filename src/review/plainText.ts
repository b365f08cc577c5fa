/** Control characters and direction marks, which could make text look like another, as a box. */
export function shown(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    "▯",
  );
}

/** Cut to a length, which is seen; never inside of a character. */
export function shorten(text: string, longest: number): string {
  const plain = text.replaceAll("\r\n", "\n");
  if (plain.length <= longest) return plain;
  return `${plain.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

export function oneLine(text: string, longest: number): string {
  return shorten(text.replaceAll(/\s+/g, " ").trim(), longest);
}

/** A block of code for Markdown, whatever it looks like. */
export function codeBlock(text: string): string {
  const fence = "`".repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}\n${shown(text).replace(/\n+$/, "")}\n${fence}`;
}

/** Code inside a line of Markdown; not for a table. */
export function codeWords(text: string): string {
  const code = shown(text).replaceAll(/\s+/g, " ").trim() || " ";
  const fence = "`".repeat(longestRun(code) + 1);
  const gap = /^`|`$/.test(code) ? " " : "";
  return `${fence}${gap}${code}${gap}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
