import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { TestRepo } from "../kit/repo";
import { branch, edit, overlaps, repoWith, ten, told } from "./kit";

type Do = (repo: TestRepo) => void;

const write =
  (files: Readonly<Record<string, string | Buffer>>): Do =>
  (repo) =>
    repo.write(files);
const remove =
  (...names: string[]): Do =>
  (repo) =>
    repo.git("rm", "-q", "-r", "--", ...names);
const move =
  (from: string, to: string): Do =>
  (repo) =>
    repo.git("mv", "--", from, to);
const both =
  (...all: Do[]): Do =>
  (repo) => {
    for (const each of all) each(repo);
  };
const binary = (text: string) => Buffer.from(`\0${text}`);

const files = {
  "a.txt": ten,
  "d/x.txt": `x\n${ten}`,
  "d/y.txt": `y\n${ten}`,
  "logo.png": binary("logo"),
  "run.sh": `run\n${ten}`,
};

/** What `one` and `other` do; what `one` is told, and `other` where that is not the same from its side. */
const cases: readonly (readonly [what: string, one: Do, other: Do, told: string[], mirrored?: string[]])[] = [
  ["nothing in common", write({ "a.txt": `${ten}1\n` }), write({ "run.sh": "2\n" }), []],
  [
    "the same line",
    write({ "a.txt": edit(ten, { 4: "one\n" }) }),
    write({ "a.txt": edit(ten, { 4: "two\n" }) }),
    ["other: conflict, lines a.txt 4 !"],
  ],
  [
    "lines next to each other, and others apart from these",
    write({ "a.txt": edit(ten, { 4: "one\nmore\n", 9: "one\n" }) }),
    write({ "a.txt": edit(ten, { 1: "two\n", 5: "two\n" }) }),
    ["other: conflict, lines a.txt 4-5 !"],
    ["one: conflict, lines a.txt 5 !"],
  ],
  [
    "new lines at the same place",
    write({ "a.txt": `first\n${ten}` }),
    write({ "a.txt": `before\nall\n${ten}` }),
    ["other: conflict, lines a.txt 1 !"],
    ["one: conflict, lines a.txt 1-2 !"],
  ],
  [
    "lines that one deletes and the other changes",
    write({ "a.txt": edit(ten, { 4: "", 5: "" }) }),
    write({ "a.txt": edit(ten, { 5: "two\n" }) }),
    ["other: conflict, lines a.txt 3 !"],
    ["one: conflict, lines a.txt 5 !"],
  ],
  [
    "the same change of a line, and one more of its own",
    write({ "a.txt": edit(ten, { 2: "same\n" }) }),
    write({ "a.txt": edit(ten, { 2: "same\n", 9: "two\n" }) }),
    ["other: lines, lines a.txt 2"],
  ],
  [
    "places of a file that are apart",
    write({ "a.txt": edit(ten, { 2: "one\n" }) }),
    write({ "a.txt": edit(ten, { 9: "two\n" }) }),
    ["other: files, apart a.txt"],
  ],
  ["exactly the same", write({ "a.txt": "same\n", new: "" }), write({ "a.txt": "same\n", new: "" }), []],
  ["a file that both delete", remove("a.txt"), remove("a.txt"), []],
  [
    "a file that one deletes and the other changes",
    remove("a.txt"),
    write({ "a.txt": `${ten}more\n` }),
    ["other: conflict, deleted by this a.txt !"],
    ["one: conflict, deleted by other a.txt !"],
  ],
  [
    "a file that one moves and the other changes",
    move("a.txt", "b.txt"),
    write({ "a.txt": `${ten}more\n` }),
    ["other: lines, moved by this b.txt | a.txt"],
    ["one: lines, moved by other a.txt | b.txt"],
  ],
  [
    "a file that one moves and changes where the other changes it",
    both(move("a.txt", "b.txt"), write({ "b.txt": `${ten}one\n` })),
    write({ "a.txt": `${ten}two\n` }),
    ["other: conflict, lines b.txt | a.txt 11 !"],
    ["one: conflict, lines a.txt | b.txt 11 !"],
  ],
  [
    "a file that both move, each to a place of its own",
    move("a.txt", "b.txt"),
    move("a.txt", "c.txt"),
    ["other: conflict, moved by both b.txt | c.txt !"],
    ["one: conflict, moved by both c.txt | b.txt !"],
  ],
  [
    "a file that one moves and the other deletes",
    move("a.txt", "b.txt"),
    remove("a.txt"),
    ["other: conflict, deleted by other b.txt | a.txt !"],
    ["one: conflict, deleted by this a.txt | b.txt !"],
  ],
  [
    "a file that both add",
    write({ "new.txt": "one\n" }),
    write({ "new.txt": "two\n" }),
    ["other: conflict, added new.txt !"],
  ],
  [
    "a name that one gives to a new file and the other to an old one",
    write({ "b.txt": "one\n" }),
    move("a.txt", "b.txt"),
    ["other: conflict, added b.txt !"],
  ],
  [
    "a file where the other has a folder",
    write({ tools: "one\n" }),
    write({ "tools/two.txt": "two\n" }),
    ["other: conflict, place tools | tools/two.txt !"],
    ["one: conflict, place tools/two.txt | tools !"],
  ],
  [
    "a new file in a folder that the other moves",
    move("d", "e"),
    write({ "d/new.txt": "two\n" }),
    ["other: conflict, place e/y.txt | d/new.txt !"],
    ["one: conflict, place d/new.txt | e/y.txt !"],
  ],
  [
    "a new file in a folder of which the other moves one file",
    move("d/x.txt", "x.txt"),
    write({ "d/new.txt": "two\n" }),
    [],
  ],
  [
    "a binary",
    write({ "logo.png": binary("one") }),
    write({ "logo.png": binary("two") }),
    ["other: conflict, whole logo.png !"],
  ],
  [
    "a file that one makes a link",
    both(remove("a.txt"), (repo) => symlinkSync("run.sh", path.join(repo.dir, "a.txt"))),
    write({ "a.txt": `${ten}more\n` }),
    ["other: conflict, whole a.txt !"],
  ],
  [
    "the mode of a file that the other changes",
    (repo) => chmodSync(path.join(repo.dir, "run.sh"), 0o755),
    write({ "run.sh": "two\n" }),
    ["other: files, apart run.sh"],
  ],
  ["a submodule that both move on", gitlink("1"), gitlink("2"), ["other: conflict, whole lib !"]],
];

/** A submodule at a commit that is not here, as in a clone without its submodules. */
function gitlink(digit: string): Do {
  return (repo) => {
    mkdirSync(path.join(repo.dir, "lib"), { recursive: true });
    repo.git("update-index", "--add", "--cacheinfo", `160000,${digit.repeat(40)},lib`);
  };
}

describe("overlap: what two branches meet in", () => {
  for (const [what, one, other, expected, mirrored] of cases) {
    it(what, async () => {
      const repo = repoWith(files);
      gitlink("a")(repo);
      repo.commit("a submodule");
      branch(repo, "one", one);
      branch(repo, "other", other);
      const found = await overlaps(repo, ["one", "other"]);
      assert.deepEqual(told(found.get("one")), expected);
      const fromThere = mirrored ?? expected.map((line) => line.replace("other:", "one:"));
      assert.deepEqual(told(found.get("other")), fromThere);
    });
  }
});
