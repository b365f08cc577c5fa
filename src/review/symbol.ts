const name = "([\\p{L}_$][\\p{L}\\p{N}_$]*)";

// No parser: what a definition looks like in most languages that people indent.
const definitions = [
  // function* total(…)   class Cart   def total(self):   fn total()   interface Cart   impl Cart   type Cart struct
  `\\b(?:function|class|interface|enum|struct|trait|impl|module|namespace|def|fn|fun|sub|object|record|protocol)\\b\\s*\\*?\\s*${name}`,
  // func (c *Cart) Total(…)
  `^func\\s+(?:\\([^)]*\\)\\s*)?${name}`,
  // const total = async (cart) => {   let total = function
  `\\b(?:const|let|var|val)\\s+${name}\\s*(?::[^=]+)?=\\s*(?:async\\s*)?(?:function\\b|\\(|[\\p{L}_$][\\p{L}\\p{N}_$]*\\s*=>)`,
  // async total(cart) {   public int total(Cart cart) {   total(cart): number {
  `^(?:[\\p{L}_$][\\p{L}\\p{N}_$<>,[\\]?.:&*]*\\s+)*[#~*]?${name}\\s*\\([^;]*\\)?[^;=]*\\{$`,
].map((source) => new RegExp(source, "u"));

const notNames = new Set([
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "with",
  "else",
  "do",
  "return",
  "match",
  "when",
]);

/** What a line defines; null for an ordinary line. */
export function definedBy(line: string): string | null {
  const text = line
    .slice(0, 300)
    .replace(/(\/\/|#(?![\p{L}_])).*$/u, "")
    .trim();
  for (const definition of definitions) {
    const found = definition.exec(text)?.[1];
    if (found !== undefined && !notNames.has(found)) return found;
  }
  return null;
}

/** The names around a line (1-based), outermost first, joined with dots; null at the top level. Goes by indentation. */
export function enclosingSymbol(lines: readonly string[], line: number): string | null {
  const names: string[] = [];
  let indent = Number.POSITIVE_INFINITY;
  for (let i = Math.min(line, lines.length) - 1; i >= 0 && indent > 0; i--) {
    const text = lines[i] ?? "";
    const width = text.search(/\S/);
    if (width < 0 || width >= indent) continue;
    // A closing bracket belongs to the block that it ends, and a label or a comment opens nothing.
    if (/^\s*([)\]}]|\/[/*]|\*)/.test(text) && i !== line - 1) {
      continue;
    }
    indent = width;
    const found = definedBy(text);
    if (found !== null) names.unshift(found);
  }
  return names.length > 0 ? names.join(".") : null;
}
