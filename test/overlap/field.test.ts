import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mergeOneByOne, mergeTrees } from "../../src/git/mergeTrees";
import { openRepo } from "../../src/git/repo";
import { withScratch } from "../../src/git/scratch";
import { onGitCall } from "../../src/git/trace";
import { TestRepo, tempDir } from "../kit/repo";
import { branch, edit, overlaps, repoWith, ten, told } from "./kit";

const line =
  (n: number, text: string, name = "a.txt") =>
  (repo: TestRepo) =>
    repo.write({ [name]: edit(ten, { [n]: text }) });

const tipOf = (repo: TestRepo, id: string) => ({ id, head: repo.git("rev-parse", id) });
const treeOf = (repo: TestRepo, id: string) => repo.git("rev-parse", `${id}^{tree}`);

describe("overlap: who takes part", () => {
  it("is nobody whose work is in the target, or who has none", async () => {
    const repo = repoWith({ "a.txt": ten });
    branch(repo, "one", line(3, "one\n"));
    branch(repo, "landed", line(3, "landed\n"));
    branch(repo, "merged", line(9, "merged\n"));
    repo.git("branch", "empty");
    repo.git("merge", "-q", "--no-edit", "merged");
    const tips = [
      ...["one", "merged", "empty"].map((id) => tipOf(repo, id)),
      { ...tipOf(repo, "landed"), landed: true },
      { ...tipOf(repo, "empty"), id: "unchanged", tree: treeOf(repo, "empty") },
    ];
    const found = await overlaps(repo, tips);
    assert.deepEqual(Object.fromEntries(found), {
      one: [],
      merged: [],
      empty: [],
      landed: [],
      unchanged: [],
    });
  });

  it("is also whoever has changed files that are not committed, landed or empty or not", async () => {
    const repo = repoWith({ "a.txt": ten, "b.txt": ten });
    branch(repo, "one", line(3, "one\n"));
    branch(repo, "onDisk", line(3, "on disk\n"));
    branch(repo, "landed", line(8, "landed\n"));
    branch(repo, "landedAndMore", (it) => it.write({ "b.txt": "more\n" }), "landed");
    branch(repo, "other", line(3, "other\n", "b.txt"));
    branch(repo, "otherAndMore", line(4, "more\n"), "other");
    const tips = [
      tipOf(repo, "one"),
      { ...tipOf(repo, "main"), id: "empty", tree: treeOf(repo, "onDisk") },
      { ...tipOf(repo, "landed"), landed: true, tree: treeOf(repo, "landedAndMore") },
      { ...tipOf(repo, "other"), tree: treeOf(repo, "otherAndMore") },
    ];
    const found = await overlaps(repo, tips);
    assert.deepEqual(Object.fromEntries([...found].map(([id, all]) => [id, told(all)])), {
      one: ["empty: conflict, lines a.txt 3 !", "other: conflict, lines a.txt 3 !"],
      empty: ["one: conflict, lines a.txt 3 !", "other: conflict, lines a.txt 3 !"],
      landed: ["other: conflict, lines b.txt 1 !"],
      other: [
        "empty: conflict, lines a.txt 4 !",
        "landed: conflict, lines b.txt 3 !",
        "one: conflict, lines a.txt 4 !",
      ],
    });
  });

  it("tells a branch that was begun on another one from one that meets it", async () => {
    const repo = repoWith({ "a.txt": ten });
    branch(repo, "lower", line(2, "lower\n"));
    branch(repo, "upper", (it) => it.write({ "a.txt": edit(ten, { 2: "upper\n" }) }), "lower");
    branch(
      repo,
      "beside",
      (it) => it.write({ "a.txt": edit(ten, { 2: "lower\n", 9: "beside\n" }) }),
      "lower",
    );
    repo.git("branch", "twin", "lower");
    const found = await overlaps(repo, ["lower", "upper", "beside", "twin"]);
    assert.deepEqual(told(found.get("upper")), [
      "beside: files, apart a.txt",
      "lower: builds-on",
      "twin: builds-on",
    ]);
    assert.deepEqual(told(found.get("lower")), ["beside: built-on", "upper: built-on"]);
    // What the lower one has not committed yet meets the upper one all the same.
    const dirty = { ...tipOf(repo, "lower"), tree: treeOf(repo, "beside") };
    repo.git("checkout", "-q", "--detach", "upper");
    repo.commit("more", { "a.txt": edit(ten, { 2: "upper\n", 9: "upper\n" }) });
    const met = await overlaps(repo, [dirty, { id: "upper", head: repo.git("rev-parse", "HEAD") }]);
    assert.deepEqual(told(met.get("lower")), ["upper: conflict, lines a.txt 9 !", "upper: built-on"]);
  });

  it("shows what stands on nothing of the target, or is not here, as not known", async () => {
    const repo = repoWith({ "a.txt": ten });
    branch(repo, "one", line(3, "one\n"));
    repo.git("checkout", "-q", "--orphan", "orphan");
    repo.commit("orphan", { "a.txt": "orphan\n" });
    const found = await overlaps(repo, ["one", "orphan", { id: "gone", head: "1".repeat(40) }]);
    assert.deepEqual(Object.fromEntries(found), { one: [], orphan: null, gone: null });
  });
});

describe("overlap: histories", () => {
  it("counts from the last time that a branch took the target in, also where each took the other in", async () => {
    const repo = repoWith({ "a.txt": ten, "b.txt": ten });
    branch(repo, "one", line(2, "one\n"));
    repo.commit("target", { "b.txt": edit(ten, { 5: "target\n" }) });
    const before = repo.git("rev-parse", "main");
    repo.git("checkout", "-q", "one");
    const first = repo.git("rev-parse", "HEAD");
    repo.git("merge", "-q", "--no-edit", "main");
    repo.git("checkout", "-q", "main");
    repo.git("merge", "-q", "--no-ff", "--no-edit", first);
    assert.equal(
      repo.git("merge-base", "--all", "main", "one").split("\n").length,
      2,
      `${before} and ${first}`,
    );
    repo.git("checkout", "-q", "one");
    repo.commit("more", { "b.txt": edit(ten, { 5: "target\n", 9: "one\n" }) });
    repo.git("checkout", "-q", "main");
    branch(repo, "two", (it) => it.write({ "b.txt": edit(ten, { 5: "two\n", 9: "two\n" }) }));
    branch(repo, "three", line(5, "three\n", "b.txt"), before);
    const found = await overlaps(repo, ["one", "two", "three"]);
    // Lines count from one of the two bases and may be the target's; whether they conflict is what git says of both.
    const kinds = found.get("one")?.map(({ with: other, kind }) => [other, kind === "conflict"]);
    assert.deepEqual(kinds, [
      ["two", true],
      ["three", false],
    ]);
  });

  it("follows a file that the target gave another name, and blames no branch for what the target did", async () => {
    const repo = repoWith({ "a.txt": ten, "b.txt": ten });
    branch(repo, "old", (it) =>
      it.write({ "a.txt": edit(ten, { 5: "old\n" }), "b.txt": edit(ten, { 2: "old\n" }) }),
    );
    repo.git("mv", "a.txt", "new.txt");
    repo.commit("target", { "b.txt": edit(ten, { 2: "target\n" }) });
    branch(repo, "new", (it) =>
      it.write({ "new.txt": edit(ten, { 5: "new\n" }), "b.txt": edit(ten, { 2: "target\n", 8: "new\n" }) }),
    );
    const found = await overlaps(repo, ["old", "new"]);
    assert.deepEqual(told(found.get("old")), [
      "new: conflict, lines a.txt | new.txt 5 !",
      "new: conflict, apart b.txt",
    ]);
  });

  it("knows files by their bytes, whatever they are called", async () => {
    const names = ["-rf", "a\nb", '"quoted"', "tab\t", " ", "ü", ":(glob)*", "back\\slash", "\u202eevil"];
    const repo = repoWith(Object.fromEntries(names.map((name) => [name, ten])));
    for (const id of ["one", "two"])
      branch(repo, id, (it) =>
        it.write(Object.fromEntries(names.map((name) => [name, edit(ten, { 5: `${id}\n` })]))),
      );
    const [found] = (await overlaps(repo, ["one", "two"])).get("one") ?? [];
    assert.deepEqual(
      found?.files.map(({ path: name, conflict, ranges }) => [name, conflict, ranges]),
      [...names]
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map((name) => [name, true, [[5, 5]]]),
    );
  });

  it("names no more files than a person will read, and counts the rest", async () => {
    const names = Array.from({ length: 400 }, (_, i) => `f${i}`);
    const repo = repoWith(Object.fromEntries(names.map((name) => [name, ten])));
    for (const id of ["one", "two"])
      branch(repo, id, (it) => it.write(Object.fromEntries(names.map((name) => [name, `${id}\n${ten}`]))));
    const [found] = (await overlaps(repo, ["one", "two"])).get("one") ?? [];
    assert.deepEqual([found?.kind, found?.files.length, (found?.more ?? 0) > 300], ["conflict", 50, true]);
  });
});

describe("overlap: what git is asked", () => {
  it("is the same merges one by one where git cannot try many at once", async () => {
    const repo = repoWith({ "a.txt": ten, "d/x": "x\n" });
    branch(repo, "one", line(5, "one\n"));
    branch(repo, "two", line(5, "two\n"));
    branch(repo, "three", (it) => it.git("mv", "d", "e"));
    branch(repo, "four", (it) => it.write({ "d/y": "y\n" }));
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const oid = (id: string) => repo.git("rev-parse", id);
    const pairs = [
      ["one", "two"],
      ["one", "three"],
      ["three", "four"],
    ].map(([ours = "", theirs = ""]) => ({ ours: oid(ours), theirs: oid(theirs) }));
    pairs.push({ ours: oid("one"), theirs: "1".repeat(40) }, { ours: oid("two"), theirs: oid("one") });
    await withScratch(opened.value, oid("main"), async (scratch) => {
      const together = await mergeTrees(scratch, pairs);
      assert.deepEqual(
        together.map((merge) => merge?.disputes ?? null),
        [[["a.txt"]], [], [["e/y", "d/y"]], null, [["a.txt"]]],
      );
      assert.deepEqual(await mergeOneByOne(scratch, pairs), together);
    });
  });

  it("is no merge that was tried before, whoever asks again", async () => {
    const repo = repoWith({ "a.txt": ten });
    for (const id of ["one", "two", "three"]) branch(repo, id, line(5, `${id}\n`));
    const ask = async (where: TestRepo, ids: string[]) => {
      let merges = 0;
      const listening = onGitCall(({ args }) => {
        if (args.includes("merge-tree")) merges++;
      });
      const found = await overlaps(where, ids);
      listening.dispose();
      return { found: Object.fromEntries(found), merges };
    };
    const { found, merges } = await ask(repo, ["one", "two"]);
    assert.equal(merges, 1);
    assert.deepEqual(await ask(repo, ["two", "one"]), { found, merges: 0 });
    assert.equal((await ask(repo, ["one", "two", "three"])).merges, 1);

    const copy = (name: string): TestRepo => {
      const dir = path.join(tempDir(), name);
      cpSync(repo.dir, dir, { recursive: true });
      return TestRepo.at(dir);
    };
    assert.deepEqual(await ask(copy("kept"), ["one", "two"]), { found, merges: 0 });
    const torn = copy("torn");
    const folder = path.join(torn.dir, ".git", "agent-foreman", "cache");
    for (const name of readdirSync(folder)) {
      const file = path.join(folder, name);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll('"conflict":true', '"conflict":false'));
    }
    assert.deepEqual(await ask(torn, ["one", "two"]), { found, merges: 1 });
  });
});

describe("overlap: branches that share commits", () => {
  it("are not blamed for what one of them took in of the target, but for what it did besides", async () => {
    const repo = repoWith({ "a.txt": ten, "b.txt": ten, "c.txt": ten });
    branch(repo, "one", (it) => it.write({ "shared.txt": "shared\n" }));
    const theirs = { "a.txt": edit(ten, { 5: "two\n" }), "b.txt": edit(ten, { 5: "two\n" }) };
    branch(repo, "two", (it) => it.write({ ...theirs, "c.txt": edit(ten, { 5: "two\n" }) }), "one");
    const target = { "a.txt": edit(ten, { 5: "target\n" }), "b.txt": edit(ten, { 5: "target\n" }) };
    repo.commit("target", target);
    repo.git("checkout", "-q", "one");
    repo.git("merge", "-q", "--no-edit", "main");
    const found = async () => told((await overlaps(repo, ["one", "two"])).get("two"));
    assert.deepEqual(await found(), []);

    repo.commit("more", { "b.txt": edit(target["b.txt"], { 9: "one\n" }) });
    assert.deepEqual(await found(), ["one: lines, lines b.txt 5"]);
    repo.commit("still more", { "c.txt": edit(ten, { 5: "one\n" }) });
    assert.deepEqual(await found(), ["one: conflict, lines c.txt 5 !", "one: conflict, lines b.txt 5"]);
  });
});
