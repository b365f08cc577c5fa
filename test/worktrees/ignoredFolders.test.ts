import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isRebuildable, onOtherDisk, searchIgnored } from "../../src/worktrees/ignoredFolders";

describe("worktrees/ignoredFolders", () => {
  let top: string;

  beforeEach(() => {
    top = mkdtempSync(path.join(tmpdir(), "ignored-"));
  });

  afterEach(() => rmSync(top, { recursive: true }));

  const make = (...names: string[]) => {
    for (const name of names) mkdirSync(path.join(top, name), { recursive: true });
  };

  it("knows what tools make again by its name, at any place", () => {
    const names = [
      "node_modules/",
      "packages/a/dist/",
      "vendor/bundle/",
      ".venv/",
      "data/",
      "vendor/",
      "mydist/",
    ];
    assert.deepEqual(names.filter(isRebuildable), [
      "node_modules/",
      "packages/a/dist/",
      "vendor/bundle/",
      ".venv/",
    ]);
  });

  it("finds clones at any depth and worktrees, but what tools fetched only where a person may have put it", async () => {
    make("data/a/b/clone/.git", "data/a/node_modules/lib/fetched/.git", "dist/.git", "build/_deps/src/.git");
    make("trees/one", "elsewhere/.git");
    writeFileSync(path.join(top, "trees/one/.git"), "gitdir: /somewhere\n");
    symlinkSync("../elsewhere", path.join(top, "data/link"));
    const search = await searchIgnored(top, ["data/", "dist/", "build/", "trees/"]);
    assert.deepEqual(search, {
      repos: ["data/a/b/clone", "dist", "trees/one"],
      odd: [],
      unsearched: [],
      denied: [],
    });
  });

  it("says which folders hold too much to look through, and names that are no text", async () => {
    make("data/a", "data/b", "more/c");
    const limited = await searchIgnored(top, ["data/", "more/"], 2);
    assert.deepEqual(limited.unsearched, ["more/"]);
    if (process.platform !== "linux") return;
    writeFileSync(Buffer.from(`${top}/more/c/\xff`, "latin1"), "");
    assert.deepEqual((await searchIgnored(top, ["more/"])).odd, ["more/c/\uFFFD"]);
  });

  it("says which folders are not on the same disk", async () => {
    make("data", "here");
    assert.deepEqual(await onOtherDisk(top, ["data/", "gone/"], path.join(top, "here")), []);
    if (process.platform === "linux") assert.deepEqual(await onOtherDisk(top, ["data/"], "/proc"), ["data/"]);
  });
});
