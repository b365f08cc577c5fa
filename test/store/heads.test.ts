import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { appendFileSync, readdirSync } from "node:fs";
import path from "node:path";
import {
  appendHeads,
  type HeadNote,
  headsDir,
  readHeads,
  sinceBirth,
  worthKeeping,
} from "../../src/store/heads";
import { tempDir } from "../kit/repo";

const oid = (n: number) => n.toString(16).padStart(40, "0");
const seen = (ref: string, n: number, at = n): HeadNote => ({ ref, oid: oid(n), at });
const born = (ref: string, n: number, birth: string): HeadNote => ({ ...seen(ref, n), birth });
const gone = (ref: string, at: number): HeadNote => ({ ref, oid: null, at });

describe("store/heads", () => {
  it("keeps notes in order, and passes over lines that are torn, foreign or broken", async () => {
    const dir = tempDir();
    assert.deepEqual(await readHeads(dir), []);
    await appendHeads(dir, [seen("a", 1), seen("b", 2)]);
    const file = path.join(headsDir(dir), "1.jsonl");
    appendFileSync(file, '{"ref":"a","oid":"nonsense","at":1}\n[]\n{"ref":"a","oid":"0000');
    await appendHeads(dir, [gone("a", 3)]);
    assert.deepEqual(await readHeads(dir), [seen("a", 1), seen("b", 2), gone("a", 3)]);
  });

  it("loses nothing to processes that add at the same time, and stays small", async function () {
    this.timeout(60_000);
    const dir = tempDir();
    const child = path.join(__dirname, "headsChild.ts");
    const each = 1_000;
    await Promise.all(
      ["w", "x", "y"].map(
        (name) =>
          new Promise<void>((resolve, reject) => {
            const options = { execArgv: ["--import", "tsx"] };
            const writer = fork(child, [dir, name, `${each}`], options);
            writer.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${name}: ${code}`))));
          }),
      ),
    );
    const notes = await readHeads(dir);
    for (const name of ["w", "x", "y"]) {
      const mine = notes.filter(({ ref }) => ref === name.repeat(400));
      // The newest ones are all there, with the beginning.
      const found = new Set(mine.map(({ oid: at }) => Number.parseInt(at ?? "", 16)));
      const newest = Array.from({ length: 50 }, (_, i) => each - 50 + i);
      assert.deepEqual(
        newest.filter((n) => !found.has(n)),
        [],
      );
      assert.ok(mine.some(({ birth }) => birth === name));
    }
    const files = readdirSync(headsDir(dir)).filter((name) => name.endsWith(".jsonl"));
    assert.equal(files.length, 2, files.join());
    assert.ok(notes.length < 2 * each);
  });

  it("knows which notes are of the branch as it is now", () => {
    const first = [born("a", 1, "one"), seen("a", 2)];
    assert.deepEqual(sinceBirth(first), first);
    assert.deepEqual(sinceBirth([seen("a", 1), seen("a", 2)]).length, 2);
    assert.deepEqual(sinceBirth([...first, gone("a", 3)]), []);
    const second = [born("a", 4, "two"), seen("a", 5)];
    assert.deepEqual(sinceBirth([...first, ...second]), second);
    assert.deepEqual(sinceBirth([...first, gone("a", 3), ...second]), second);
    // Two windows noted the same beginning.
    assert.deepEqual(sinceBirth([...first, ...second, ...second]), [...second, ...second]);
    assert.deepEqual(sinceBirth([...first, ...first.slice(0, 1)]), [...first, ...first.slice(0, 1)]);
  });

  it("carries on what is worth it: of each branch that is not long gone the newest, and its beginning", () => {
    const many = Array.from({ length: 200 }, (_, i) => seen("a", i + 2));
    const now = 100 * 86_400;
    const notes = [
      born("a", 1, "one"),
      ...many.map((note) => ({ ...note, at: now })),
      seen("old", 1),
      seen("b", 1, now),
    ];
    const kept = worthKeeping([...notes, gone("b", now)], now);
    assert.deepEqual(
      kept.map(({ ref, oid: at }) => `${ref} ${Number.parseInt(at ?? "", 16)}`),
      ["a 1", ...many.slice(-60).map(({ oid: at }) => `a ${Number.parseInt(at ?? "", 16)}`)],
    );
  });
});
