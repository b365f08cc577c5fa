import { createHash } from "node:crypto";

const mark = /^# Written by agent-foreman setup \(([0-9a-f]{16})\)\. .*\n/;

/** A file of ours, with a first line that tells whether somebody changed it since. */
export function signed(text: string): string {
  return `# Written by agent-foreman setup (${digest(text)}). What you change here stays: setup then leaves the file alone.\n${text}`;
}

/** Whether it is just as it was written, by whatever version. */
export function isUntouched(text: string): boolean {
  const hash = mark.exec(text)?.[1];
  return hash !== undefined && hash === digest(text.replace(mark, ""));
}

const begin = "<!-- agent-foreman setup: ";
const block = /<!-- agent-foreman setup: ([0-9a-f]{16}) -->\n([\s\S]*?)<!-- \/agent-foreman setup -->\n?/;

/** A section of ours in a file of somebody's; null: it is there, and somebody changed it. */
export function withSection(text: string, section: string): string | null {
  const ours = `${begin}${digest(section)} -->\n${section}<!-- /agent-foreman setup -->\n`;
  if (!text.includes(begin))
    return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${text === "" ? "" : "\n"}${ours}`;
  const found = block.exec(text);
  if (!found || found[1] !== digest(found[2] ?? "")) return null;
  return text.replace(block, () => ours);
}

function digest(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 16);
}
