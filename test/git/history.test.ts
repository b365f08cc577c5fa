import assert from "node:assert/strict";
import { parseDiffs } from "../../src/git/diffTrees";
import { parseHunks } from "../../src/git/hunks";
import { parseMade } from "../../src/git/madeOn";
import { parseMerges } from "../../src/git/mergeTrees";
import { parseNamedReverts } from "../../src/git/namedReverts";
import { parseRawLog, RawLogReader, type RawRecord } from "../../src/git/rawChanges";
import { parseBatch } from "../../src/git/readBlobs";

const a = "a".repeat(40);
const b = "b".repeat(40);
const none = "0".repeat(40);

describe("git: parsing histories", () => {
  it("reads a raw log, whatever the paths are", () => {
    const text =
      `\x01one\0\n:100644 100755 ${a} ${b} M\0:odd\x01\n name\0:000000 120000 ${none} ${a} A\0link\0` +
      `\x01two, empty\0\x01three\0\n:160000 000000 ${a} ${none} D\0lib\0`;
    const read = (records: readonly RawRecord[]) =>
      records.map(({ header, changes }) => ({ header, changes: [...changes] }));
    assert.deepEqual(read(parseRawLog(text)), [
      {
        header: "one",
        changes: [
          { path: ":odd\x01\n name", old: { mode: "100644", oid: a }, new: { mode: "100755", oid: b } },
          { path: "link", old: null, new: { mode: "120000", oid: a } },
        ],
      },
      { header: "two, empty", changes: [] },
      { header: "three", changes: [{ path: "lib", old: { mode: "160000", oid: a }, new: null }] },
    ]);
    assert.deepEqual(parseRawLog(""), []);
    // It may be cut anywhere on its way here.
    for (const size of [1, 2, 7, 60]) {
      const reader = new RawLogReader();
      for (let at = 0; at < text.length; at += size) reader.take(text.slice(at, at + size));
      assert.deepEqual(read(reader.records), read(parseRawLog(text)), `pieces of ${size}`);
      const [first] = reader.records;
      assert.deepEqual(
        first?.changesTo(new Set(["link", "lib"])).map(({ path }) => path),
        ["link"],
      );
    }
  });

  it("reads the differences of many pairs of trees, of which some have none", () => {
    const moved = `:100644 100644 ${a} ${b} R090\0from\0to\0`;
    const entry = {
      path: "to",
      movedFrom: "from",
      old: { mode: "100644", oid: a },
      new: { mode: "100644", oid: b },
    };
    const text = `${a} ${a}\n${a} ${b}\n${moved}${moved}${b} ${b}\n${b} ${a}\n${moved}${a} ${a}\n`;
    assert.deepEqual(parseDiffs(text), [[], [entry, entry], [], [entry], []]);
  });

  it("reads merges with what conflicts in them, and leaves out one that was cut off", () => {
    const placed =
      "2\0new/\n\0old/x\0CONFLICT (directory rename suggested)\0CONFLICT (file location): old/x\n\0";
    const merged = "1\0b\0Auto-merging\0Auto-merging b\n\x001\0b\0CONFLICT (contents)\0in b\n\0";
    const conflicted = `0\0${b}\0new/\n\0b\0\0${placed}${merged}\0`;
    const advised = `0\0${a}\0lib\0\x001\0lib\0CONFLICT (contents)\0in lib\n\0Do this:\n\n  git add lib\n\0`;
    const text = `1\0${a}\0\0${conflicted}${advised}1\0${b}\0\0`;
    const cuts = Array.from(conflicted, (_, length) => conflicted.slice(0, length));
    for (const cut of [...cuts, `1\0${a}`, `1\0${a}\0`]) {
      assert.deepEqual(parseMerges(text + cut), [
        { clean: true, tree: a, conflicts: [], disputes: [], deletedBeside: [] },
        {
          clean: false,
          tree: b,
          conflicts: ["new/\n", "b"],
          disputes: [["new/\n", "old/x"], ["b"]],
          deletedBeside: [],
        },
        { clean: false, tree: a, conflicts: ["lib"], disputes: [["lib"]], deletedBeside: [] },
        { clean: true, tree: b, conflicts: [], disputes: [], deletedBeside: [] },
      ]);
    }
  });

  it("reads blobs by their size, not by their content", () => {
    const content = Buffer.from(`${b} blob 3\nabc`);
    const bytes = Buffer.concat([
      Buffer.from(`${a} blob ${content.length}\n`),
      content,
      Buffer.from(`\n${b} missing\n`),
    ]);
    assert.deepEqual(parseBatch(bytes), new Map([[a, content]]));
  });

  it("reads hunks; no hunk at all means binary", () => {
    assert.deepEqual(parseHunks("--- a\n+++ b\n@@ -1 +2,0 @@ x\n-@@ -9 +9 @@\n@@ -4,2 +4,3 @@\n"), [
      { oldStart: 1, oldCount: 1, newStart: 2, newCount: 0 },
      { oldStart: 4, oldCount: 2, newStart: 4, newCount: 3 },
    ]);
    assert.equal(parseHunks("Binary files a and b differ\n"), null);
  });

  it("reads which commits a message takes back", () => {
    const text = `\x01${a}\x02Revert "x"\n\nThis reverts commit ${b}.\nThis reverts commit 1234567, too.\n\0`;
    assert.deepEqual(parseNamedReverts(text), [{ by: a, names: [b, "1234567"] }]);
  });

  it("reads which commits were made on a branch", () => {
    const text = [
      `\x01refs/heads/x@{0}\x02${a}\x02commit (amend): feat`,
      `\x01refs/heads/y@{2026-01-01 00:00:00 +0000}\x02${b}\x02cherry-pick: fix`,
      `\x01refs/heads/x@{1}\x02${b}\x02merge main: Fast-forward`,
      `\x01refs/heads/x@{2}\x02${b}\x02branch: Created from main`,
      "",
    ].join("\0");
    assert.deepEqual(
      parseMade(text),
      new Map([
        ["refs/heads/x", [a]],
        ["refs/heads/y", [b]],
      ]),
    );
  });
});
