/**
 * Text from outside for GitHub's Markdown: what it says stays, what it could do does not. Nothing in it makes HTML, a
 * link, an image, a heading or a table, calls a person, or refers to an issue, so that no "fixes #1" closes one. Code
 * between backticks, `**bold**`, lists and blocks between fences stay what they are.
 */
export function neutralText(text: string, longest: number): string {
  const out: string[] = [];
  let fenced: string[] | null = null;
  for (const line of shorten(text, longest).split("\n")) {
    const fence = /^\s*(`{3,}|~{3,})/.test(line);
    if (fenced === null && fence) fenced = [];
    else if (fenced !== null && fence) {
      out.push(codeBlock(fenced.join("\n")));
      fenced = null;
    } else if (fenced !== null) fenced.push(line);
    else out.push(neutralLine(line));
  }
  if (fenced !== null) out.push(codeBlock(fenced.join("\n")));
  return out.join("\n").trim();
}

/** The same for one line: in a heading or a sentence. */
export function neutralWords(text: string, longest: number): string {
  return inline(oneLine(text, longest));
}

/** The same for a table, which is cut into cells before anything else is read, inside of code too. */
export function neutralCell(text: string, longest: number): string {
  return plain(oneLine(text, longest));
}

/** Code as it is, whatever it looks like. */
export function codeBlock(text: string): string {
  const fence = "`".repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}\n${shown(text).replace(/\n+$/, "")}\n${fence}`;
}

/** Code inside a line; not for a table. */
export function codeWords(text: string): string {
  const code = shown(text).replaceAll(/\s+/g, " ").trim() || " ";
  const fence = "`".repeat(longestRun(code) + 1);
  const gap = /^`|`$/.test(code) ? " " : "";
  return `${fence}${gap}${code}${gap}${fence}`;
}

/** Cut to a length, which is seen; never inside of a character. */
export function shorten(text: string, longest: number): string {
  const plain = text.replaceAll("\r\n", "\n");
  if (plain.length <= longest) return plain;
  return `${plain.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function oneLine(text: string, longest: number): string {
  return shorten(text.replaceAll(/\s+/g, " ").trim(), longest);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Four blanks make a block of code, so only a list keeps its indent. */
function neutralLine(line: string): string {
  const [, indent = "", mark = "", rest = ""] = /^( {0,6})([-*+] |\d{1,3}[.)] )(.*)$/.exec(line) ?? [];
  return mark === "" ? inline(line.trimStart()) : `${indent}${mark.replace(/^[*+]/, "-")}${inline(rest)}`;
}

function inline(text: string): string {
  // A span of code holds no backtick and ends on its line; a lone backtick is only a character.
  return text
    .split(/(`[^`]+`)/)
    .map((piece) => (/^`[^`]+`$/.test(piece) ? codeWords(piece.slice(1, -1)) : plain(piece)))
    .join("");
}

// GitHub looks for calls, references and addresses in the finished text, where no escaping is left: only something
// unseen in between keeps it from them.
const unseen = "&#8203;";

function plain(text: string): string {
  return shown(text)
    .replace(/[&<>]|[\\`*_{}[\]()#+!|~$^=-]/g, (char) =>
      /[&<>]/.test(char) ? `&#${char.charCodeAt(0)};` : `\\${char}`,
    )
    .replace(/\\\*\\\*(?=\S)([^*\n]{1,300}?)(?<=[^\s\\])\\\*\\\*/g, "**$1**")
    .replace(/@(?=[\p{L}\p{N}_\\-])/gu, `@${unseen}`)
    .replace(/(?<!&)#(?=\d)/g, `#${unseen}`)
    .replace(/(GH\\-)(?=\d)/gi, `$1${unseen}`)
    .replace(/:(?=\/\/)/g, `:${unseen}`)
    .replace(/(www)(?=\.)/gi, `$1${unseen}`);
}

/** Control characters and direction marks, which could make text look like another, as a box. */
function shown(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    "▯",
  );
}
