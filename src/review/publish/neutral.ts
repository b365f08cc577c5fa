import { codeBlock, codeWords, oneLine, shorten, shown } from "../plainText";

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
