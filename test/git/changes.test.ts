import assert from "node:assert/strict";
import { parseChanges } from "../../src/git/changes";
import { parseIndexEntries } from "../../src/git/indexEntries";

const one = "1".repeat(40);
const none = "0".repeat(40);

describe("git/changes", () => {
  it("reads every kind of record", () => {
    const text = [
      `# branch.oid ${one}`,
      "# branch.head agent/csv",
      `1 .M N... 100644 100644 100644 ${one} ${one} a b.ts`,
      `1 .D N... 100644 100644 000000 ${one} ${one} gone.ts`,
      `1 D. N... 100644 000000 000000 ${one} ${none} gone-staged.ts`,
      `1 .M S.MU 160000 160000 160000 ${one} ${one} lib`,
      `1 .M SC.. 160000 160000 160000 ${one} ${one} moved`,
      `2 R. N... 100644 100644 100644 ${one} ${one} R100 new.ts`,
      "old.ts",
      `u UU N... 100644 100644 100644 100644 ${one} ${one} ${one} both.ts`,
      "? line\nbreak",
      "! .env",
      "! node_modules/",
      "",
    ].join("\0");
    const file = { mode: "100644", oid: one };
    const link = { mode: "160000", oid: one };
    const plain = { deleted: false, dirtySubmodule: false };
    assert.deepEqual(parseChanges(text), {
      head: one,
      branch: "agent/csv",
      dirt: { staged: 2, changed: 4, untracked: 1, conflicted: 1 },
      paths: [
        { ...plain, path: "a b.ts", index: file },
        { ...plain, path: "gone.ts", index: file, deleted: true },
        { ...plain, path: "gone-staged.ts", index: null },
        { ...plain, path: "lib", index: link, dirtySubmodule: true },
        { ...plain, path: "moved", index: link },
        { ...plain, path: "new.ts", index: file },
        { ...plain, path: "old.ts", index: null },
        { ...plain, path: "line\nbreak", index: null },
      ],
      ignored: [".env", "node_modules/"],
    });
  });

  it("tells which entries of the index status passes over", () => {
    const text = [`H 100644 ${one} 0\ta\tb`, `h 100644 ${one} 0\tassumed`, `S 120000 ${one} 0\tskipped`, ""];
    assert.deepEqual(parseIndexEntries(text.join("\0")), [
      { path: "a\tb", mode: "100644", oid: one, unwatched: false },
      { path: "assumed", mode: "100644", oid: one, unwatched: true },
      { path: "skipped", mode: "120000", oid: one, unwatched: true },
    ]);
  });
});
