import { el } from "./dom";

/**
 * A small part of Markdown as elements: paragraphs, lists, headings, fences, code, bold, italic. A link becomes its text
 * and its address, everything else stays the text that it is, so nothing in it can be followed, loaded or run.
 */
export function renderMarkdown(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  let list = null as HTMLElement | null;
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) fragment.append(el("p", {}, ...inline(paragraph.join("\n"))));
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (/^\s*```/.test(line)) {
      endParagraph();
      list = null;
      const end = lines.findIndex((each, at) => at > i && /^\s*```\s*$/.test(each));
      const code = lines.slice(i + 1, end < 0 ? undefined : end);
      fragment.append(el("pre", { tabindex: 0 }, el("code", {}, code.join("\n"))));
      i = end < 0 ? lines.length : end;
      continue;
    }
    const item = /^\s*([-*+]|\d{1,4}[.)])\s+(.*)$/.exec(line);
    if (item) {
      endParagraph();
      const tag = /\d/.test(item[1] ?? "") ? "ol" : "ul";
      if (list?.localName !== tag) {
        list = el(tag);
        fragment.append(list);
      }
      list.append(el("li", {}, ...inline(item[2] ?? "")));
      continue;
    }
    if (line.trim() === "") {
      endParagraph();
      list = null;
      continue;
    }
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    if (heading) {
      endParagraph();
      list = null;
      fragment.append(el("p", { class: "heading" }, ...inline(heading[1] ?? "")));
      continue;
    }
    // A line right below an item goes on with it.
    if (list?.lastElementChild) list.lastElementChild.append(" ", ...inline(line.trim()));
    else paragraph.push(line);
  }
  endParagraph();
  return fragment;
}

function inline(text: string): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  const pattern = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|\[([^[\]\n]+)\]\(([^()\s]+)\)/g;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(text.slice(at, match.index));
    const [whole, code, bold, italic, label, address] = match;
    if (code !== undefined) pieces.push(el("code", {}, code));
    else if (bold !== undefined) pieces.push(el("strong", {}, bold));
    else if (italic !== undefined) pieces.push(el("em", {}, italic));
    else pieces.push(label === address ? (address ?? "") : `${label} (${address})`);
    at = match.index + whole.length;
  }
  pieces.push(text.slice(at));
  return pieces;
}
