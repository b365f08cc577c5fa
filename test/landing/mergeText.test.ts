import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { differences } from "../../src/landing/differences";
import { mergeText } from "../../src/landing/mergeText";
import { tempDir } from "../kit/repo";

const lines = (text: string): string[] => [...text];

describe("landing: merging a text without git", () => {
  it("finds a shortest way from one text to another", () => {
    const text = fc.string({ unit: fc.constantFrom(..."abcdefghij"), maxLength: 20 });
    let told = 0;
    fc.assert(
      fc.property(text, text, (before, after) => {
        const found = differences(lines(before), lines(after));
        if (!found) return;
        told++;
        let made = "";
        let at = 0;
        for (const { from, to, newFrom, newTo } of found) {
          made += before.slice(at, from);
          assert.equal(made.length, newFrom);
          made += after.slice(newFrom, newTo);
          at = to;
        }
        assert.equal(made + before.slice(at), after);
        const cost = found.reduce(
          (sum, { from, to, newFrom, newTo }) => sum + to - from + newTo - newFrom,
          0,
        );
        assert.equal(cost, distance(before, after));
      }),
    );
    assert.ok(told > 20);
  });

  it("says how far what came or went could as well stand further up", () => {
    const told = (before: string, after: string) =>
      differences(lines(before), lines(after))?.map(({ from, to, play }) => [from, to, play]) ?? null;
    assert.deepEqual(told("a}b}c", "a}x}b}c"), [[2, 2, 1]]);
    assert.deepEqual(told("a}x}b}c", "a}b}c"), [[2, 4, 1]]);
    assert.deepEqual(told("aab", "ab"), [[1, 2, 1]]);
    assert.deepEqual(told("abc", "aXbc"), [[1, 1, 0]]);
  });

  it("merges a file of very many lines", () => {
    const many = Array.from({ length: 200_000 }, (_, i) => `${i}`);
    const merged = mergeText(many, ["first", ...many], [...many, "last"]);
    assert.equal(merged?.length, 200_002);
  });

  it("gives up on texts that have hardly a line in common", () => {
    const other = (name: string) => Array.from({ length: 500 }, (_, i) => `${name} ${i}\n`);
    assert.equal(differences(["first\n", ...other("a"), "x"], ["0\n", ...other("b"), "y"]), null);
  });

  it("merges what is a line apart, and not what touches", () => {
    const merge = (base: string, ours: string, theirs: string) =>
      mergeText(lines(base), lines(ours), lines(theirs))?.join("") ?? null;
    assert.equal(merge("abcde", "Abcde", "abcdE"), "AbcdE");
    assert.equal(merge("abcde", "aXcde", "abcYe"), "aXcYe");
    assert.equal(merge("abcde", "aXcde", "abYde"), null);
    assert.equal(merge("abcde", "aXcde", "aXcde"), "aXcde");
    assert.equal(merge("abcde", "aXcde", "aYcde"), null);
    assert.equal(merge("abc", "abxc", "abyc"), null);
    assert.equal(merge("abc", "ac", "abcd"), "acd");
    assert.equal(merge("", "a", ""), "a");
  });

  it("gives what git gives, where it gives anything", () => {
    const dir = tempDir();
    const kind = fc.oneof(
      { weight: 6, arbitrary: fc.constant("keep") },
      { weight: 1, arbitrary: fc.constantFrom("delete", "mine", "shared", "insert") },
    );
    const edits = fc.array(kind, { minLength: 10, maxLength: 10 });
    // No line occurs twice, so there is but one way to line two texts up.
    const edited = (kinds: readonly string[], who: string): string[] =>
      kinds.flatMap((what, i) => {
        if (what === "keep") return [`line ${i}`];
        if (what === "insert") return [`line ${i}`, `${who} after ${i}`];
        return what === "delete" ? [] : [what === "mine" ? `${who} ${i}` : `same ${i}`];
      });
    const file = (name: string, content: readonly string[]): string => {
      writeFileSync(path.join(dir, name), content.map((line) => `${line}\n`).join(""));
      return name;
    };
    const base = edited(Array(10).fill("keep"), "nobody");
    let clean = 0;
    fc.assert(
      fc.property(edits, edits, (one, other) => {
        const [ours, theirs] = [edited(one, "ours"), edited(other, "theirs")];
        const merged = mergeText(base, ours, theirs);
        if (merged === null) return;
        clean++;
        const names = [file("ours", ours), file("base", base), file("theirs", theirs)];
        const git = spawnSync("git", ["merge-file", "-p", ...names], { cwd: dir, encoding: "utf8" });
        assert.equal(git.status, 0);
        assert.deepEqual(git.stdout.split("\n").slice(0, -1), merged);
      }),
      { numRuns: 200 },
    );
    assert.ok(clean > 20);
  });
});

/** Insertions and deletions on a shortest way, by the table of all beginnings. */
function distance(before: string, after: string): number {
  let above = Array.from({ length: after.length + 1 }, (_, j) => j);
  for (let i = 1; i <= before.length; i++) {
    const row = [i];
    for (let j = 1; j <= after.length; j++) {
      const same = before[i - 1] === after[j - 1];
      row.push(same ? (above[j - 1] ?? 0) : 1 + Math.min(above[j] ?? 0, row[j - 1] ?? 0));
    }
    above = row;
  }
  return above[after.length] ?? 0;
}
