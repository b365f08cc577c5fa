import assert from "node:assert/strict";
import fc from "fast-check";
import { align } from "../../../src/losses/restore/align";
import { restoreEdits } from "../../../src/losses/restore/edits";
import { findGaps, numbers } from "../../../src/losses/restore/gaps";

const lines = (text: string) => text.split("\n");

/** The text after edits that do not overlap. */
function edited(now: readonly string[], edits: ReturnType<typeof restoreEdits>): string[] {
  const result = [...now];
  for (const edit of [...edits].reverse()) result.splice(edit.from, edit.to - edit.from, ...edit.lines);
  return result;
}

const target = lines(`import { toCsv } from "./csv.js";
import { htmlReport } from "./html.js";
import { load, save } from "./storage.js";

if (command === "html") {
  console.log(htmlReport(load()));
} else if (command === "export") {
  process.stdout.write(toCsv(load()));
} else {
  console.error("usage: html | export");
}
`);
const branch = lines(`import { htmlReport } from "./html.js";
import { createStorage } from "./storage.js";
const { load, save } = createStorage();

if (command === "html") {
  console.log(htmlReport(load()));
} else {
  console.error("usage: html");
}
`);
const gone = numbers([
  [1, 1],
  [7, 8],
  [10, 10],
]);

describe("losses/restore/align", () => {
  it("matches lines in order, whatever was cut out", () => {
    const text = fc.array(fc.constantFrom("a1", "b2", "c3", "d4", "}", ""), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const found = align(before, after);
        assert.equal(found.length, before.length);
        const places = found.filter((place) => place >= 0);
        assert.deepEqual(
          places,
          [...new Set(places)].sort((a, b) => a - b),
        );
        found.forEach((place, i) => {
          if (place >= 0) assert.equal(after[place], before[i]);
        });
      }),
    );
  });

  it("finds exactly what was cut out where no line is there twice", () => {
    const cut = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(cut, (keep) => {
        const before = keep.map((_, i) => `line ${i}`);
        const found = align(
          before,
          before.filter((_, i) => keep[i]),
        );
        assert.deepEqual(
          found.map((place) => place >= 0),
          keep,
        );
      }),
    );
  });

  it("takes no time for a file that was written anew", () => {
    const many = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i}`);
    assert.ok(align(many("old"), many("new")).every((place) => place === -1));
  });

  it("gives up in time on a file that is made to need a pass for each line", () => {
    const before = Array.from({ length: 24_000 }, (_, i) => [`line ${i + 1}`, `line ${i}`]).flat();
    before.push("once", "line 24000");
    const after = before.flatMap((text, i) => (i % 3 === 0 ? [text, "other", "other again"] : [text]));
    const found = align(before, after);
    assert.equal(found[0], 0);
    assert.equal(found.at(-2), after.lastIndexOf("once"));
  });
});

describe("losses/restore/gaps", () => {
  it("finds each place where lines are missing, and what stands there instead", () => {
    assert.deepEqual(findGaps(target, branch, gone), [
      { at: 0, until: 0, lines: [1] },
      { at: 6, until: 6, lines: [7, 8] },
      { at: 7, until: 8, lines: [10] },
    ]);
  });

  it("is right after edits above, below and between", () => {
    const changed = [
      ...branch.slice(0, 1),
      "// new",
      ...branch.slice(1, 5),
      "  // why",
      ...branch.slice(5),
      "// end",
    ];
    assert.deepEqual(
      findGaps(target, changed, gone).map(({ at }) => at),
      [0, 8, 9],
    );
  });

  it("has no gap where the lines are back, laid out otherwise or without the blank line", () => {
    const back = edited(branch, restoreEdits(target, branch, gone, []));
    assert.deepEqual(findGaps(target, back, gone), []);
    assert.deepEqual(
      findGaps(
        target,
        back.map((text) => `\t${text}`),
        gone,
      ),
      [],
    );
    const spaced = lines("first();\n\nsecond();\n\nthird();");
    assert.deepEqual(findGaps(spaced, lines("first();\nsecond();\nthird();"), [2, 3, 4]), []);
    // Where braces are all that was gone, they count.
    assert.deepEqual(findGaps(lines("a {\n}\nb"), lines("a {\nb"), [2]), [{ at: 1, until: 1, lines: [2] }]);
  });

  it("finds the gap in an empty file, at the end, and where the file does not end its last line", () => {
    assert.deepEqual(findGaps(lines("one\ntwo\n"), [""], [1, 2]), [{ at: 0, until: 0, lines: [1, 2] }]);
    assert.deepEqual(findGaps(lines("first\nlast"), ["first"], [2]), [{ at: 1, until: 1, lines: [2] }]);
  });
});

describe("losses/restore/edits", () => {
  it("puts lines back, drops the old ones that had come back, and keeps the branch's own", () => {
    const older = lines('console.error("usage: html");');
    assert.deepEqual(
      edited(branch, restoreEdits(target, branch, gone, older)),
      lines(`import { toCsv } from "./csv.js";
import { htmlReport } from "./html.js";
import { createStorage } from "./storage.js";
const { load, save } = createStorage();

if (command === "html") {
  console.log(htmlReport(load()));
} else if (command === "export") {
  process.stdout.write(toCsv(load()));
} else {
  console.error("usage: html | export");
}
`),
    );
    const own = restoreEdits(target, branch, gone, []);
    assert.ok(edited(branch, own).includes('  console.error("usage: html");'));
  });

  it("brings back every line that was gone, whatever else the branch did", () => {
    const words = fc.array(fc.constantFrom("alpha", "beta", "gamma", "delta", "}", ""), { maxLength: 20 });
    fc.assert(
      fc.property(words, words, (before, now) => {
        const all = before.map((_, i) => i + 1);
        const after = edited(now, restoreEdits(before, now, all, []));
        const telling = before.filter((text) => text.length > 1);
        const left = [...after];
        for (const text of telling) {
          const place = left.indexOf(text);
          assert.ok(place >= 0, text);
          left.splice(0, place + 1);
        }
      }),
    );
  });
});
