/** Text from outside, made to show as it is inside Markdown: nothing in it links, formats or breaks the line. */
export function escapeMarkdown(text: string): string {
  return (
    visible(text)
      .replace(/[\\`*_{}[\]()#+\-.!|~<>&:@$^=/]/g, "\\$&")
      // VS Code looks for $(icons) after it took such backslashes away.
      .replaceAll("\\$", "&#36;")
      .replace(/ {2,}/g, (spaces) => "&nbsp;".repeat(spaces.length))
  );
}

/** Control characters and direction marks, which could make a name look like another, shown as a box. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "▯");
}

/** Text for messages and prompts, in which VS Code makes `[words](command:…)` a link that runs something. */
export function withoutLinks(text: string): string {
  return visible(text).replaceAll("](", "] (");
}
