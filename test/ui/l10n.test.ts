import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../..");
const readTexts = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(root, file), "utf8"));

/** Every sentence that the UI says through `t("…")` or `l10n.t("…")`, as it stands in the source. */
function spoken(): Set<string> {
  const texts = new Set<string>();
  for (const entry of readdirSync(path.join(root, "src/ui"), { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".ts")) continue;
    const source = readFileSync(path.join(entry.parentPath, entry.name), "utf8");
    for (const [, literal = ""] of source.matchAll(/\bt\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g))
      texts.add(literal.startsWith("'") ? literal.slice(1, -1) : JSON.parse(literal));
  }
  return texts;
}

const places = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort();
const commands = (text: string) => (text.match(/\((command:|https:)[^)]*\)/g) ?? []).sort();

describe("ui/l10n", () => {
  it("has every sentence of the UI for translators, and no other", () => {
    const bundle = readTexts("l10n/bundle.l10n.json");
    assert.deepEqual(Object.keys(bundle).sort(), [...spoken()].sort());
    assert.deepEqual(
      Object.entries(bundle).filter(([key, text]) => key !== text),
      [],
    );
  });

  const translations: [string, string][] = [
    ["package.nls.json", "package.nls.de.json"],
    ["l10n/bundle.l10n.json", "l10n/bundle.l10n.de.json"],
  ];
  for (const [source, translation] of translations) {
    it(`says in ${translation} all that ${source} says, with the same places and commands`, () => {
      const texts = readTexts(source);
      const translated = readTexts(translation);
      assert.deepEqual(Object.keys(translated), Object.keys(texts));
      for (const [key, text] of Object.entries(texts)) {
        assert.notEqual(translated[key]?.trim(), "", key);
        assert.deepEqual(places(translated[key] ?? ""), places(text), key);
        assert.deepEqual(commands(translated[key] ?? ""), commands(text), key);
      }
    });
  }
});
