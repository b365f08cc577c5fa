import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { openRepo, type Repo } from "../../src/git/repo";
import { copyIncluded } from "../../src/worktrees/include";
import { hideLinks, linkDirectories } from "../../src/worktrees/links";
import { TestRepo } from "../kit/repo";

async function open(dir: string): Promise<Repo> {
  const repo = await openRepo(dir);
  assert.ok(repo.ok);
  return repo.value;
}

function withWorktree(files: Record<string, string>): { repo: TestRepo; to: TestRepo } {
  const { repo } = TestRepo.withOrigin();
  repo.commit("files", files);
  repo.git("worktree", "add", "-q", "-b", "new", "../new");
  return { repo, to: repo.at("../new") };
}

describe("worktrees/include", () => {
  it("copies what is ignored and named, folders as a whole, and nothing else", async () => {
    const { repo, to } = withWorktree({
      ".gitignore": ".env*\nnode_modules/\nsecret/\nbuild/\nlink\n",
      ".worktreeinclude": "# needed\n.env*\n!.env.example\nsecret/\nbuild/config/*.json\nlink\nreadme.md\n",
      "app/readme.md": "tracked\n",
    });
    repo.write({
      ".env": "A=1\n",
      ".env.example": "ignored, named, and taken back\n",
      "app/.env.local": "B=2\n",
      "node_modules/x/.env": "not ours\n",
      "secret/deep/key": "k\n",
      "build/config/a.json": "{}\n",
      "build/config/a.js": "no\n",
      "build/out.js": "no\n",
      "notes.txt": "untracked, not ignored\n",
    });
    symlinkSync("/etc/hostname", path.join(repo.dir, "link"));
    assert.deepEqual(await copyIncluded(repo.dir, to.dir), {
      copied: [".env", "app/.env.local", "build/config/a.json", "link", "secret/"],
      skipped: [],
    });
    assert.equal(
      to.git("status", "--porcelain", "--ignored"),
      "!! .env\n!! app/.env.local\n!! build/\n!! link\n!! secret/",
    );
    assert.equal(readFileSync(path.join(to.dir, "secret/deep/key"), "utf8"), "k\n");
    assert.equal(readlinkSync(path.join(to.dir, "link")), "/etc/hostname");
  });

  it("never writes over what is there, nor through a link that stands where a folder is needed", async () => {
    const { repo, to } = withWorktree({ ".gitignore": ".env\n", ".worktreeinclude": ".env\n" });
    const outside = TestRepo.init().dir;
    repo.write({ ".env": "from main\n", "config/.env": "from main\n" });
    to.write({ ".env": "of its own\n" });
    symlinkSync(outside, path.join(to.dir, "config"));
    assert.deepEqual(await copyIncluded(repo.dir, to.dir), {
      copied: [],
      skipped: [
        { path: ".env", why: "the new worktree has it already" },
        {
          path: "config/.env",
          why: "its place in the new worktree is not a folder, or its name has control characters",
        },
      ],
    });
    assert.equal(readFileSync(path.join(to.dir, ".env"), "utf8"), "of its own\n");
    assert.equal(lstatSync(path.join(outside, ".env"), { throwIfNoEntry: false }), undefined);
  });

  it("reads no list that is no plain file of the worktree", async () => {
    const why = "it is not a plain file of at most 1 MB inside the worktree";
    const outside = path.join(TestRepo.init().dir, "list");
    writeFileSync(outside, ".env\n");
    const hostile: [string, (file: string) => void][] = [
      ["a device", (file) => symlinkSync("/dev/ptmx", file)],
      ["an endless one", (file) => symlinkSync("/dev/zero", file)],
      ["a pipe", (file) => execFileSync("mkfifo", [file])],
      ["a folder", (file) => mkdirSync(file)],
      ["a link to itself", (file) => symlinkSync(path.basename(file), file)],
      ["a file outside", (file) => symlinkSync(outside, file)],
      ["a large file", (file) => writeFileSync(file, `#${"x".repeat(1 << 20)}\n.env\n`)],
    ];
    const { repo, to } = withWorktree({ ".gitignore": ".env\n", "readme.md": "hello\n" });
    repo.write({ ".env": "A=1\n", ".claude/none": "" });
    const names = [".worktreeinclude", ".claude/settings.json", ".claude/settings.local.json"];
    for (const [what, make] of hostile) {
      for (const name of names) {
        rmSync(path.join(repo.dir, name), { recursive: true, force: true });
        make(path.join(repo.dir, name));
      }
      assert.deepEqual(
        [await copyIncluded(repo.dir, to.dir), await linkDirectories(await open(repo.dir), to.dir)],
        [
          { copied: [], skipped: [{ path: ".worktreeinclude", why }] },
          { linked: [], skipped: names.slice(1).map((path) => ({ path, why })) },
        ],
        what,
      );
    }
    rmSync(path.join(repo.dir, ".worktreeinclude"));
    repo.write({ "tools/list": ".env\n" });
    symlinkSync("tools/list", path.join(repo.dir, ".worktreeinclude"));
    assert.deepEqual(await copyIncluded(repo.dir, to.dir), { copied: [".env"], skipped: [] });
  });

  it("does nothing without a .worktreeinclude", async () => {
    const { repo, to } = withWorktree({ ".gitignore": ".env\n" });
    repo.write({ ".env": "A=1\n" });
    assert.deepEqual(await copyIncluded(repo.dir, to.dir), { copied: [], skipped: [] });
  });
});

describe("worktrees/links", () => {
  const settings = (folders: unknown) => JSON.stringify({ worktree: { symlinkDirectories: folders } });

  it("links the folders that the settings name, hidden from git where a link would show", async () => {
    const { repo, to } = withWorktree({
      ".gitignore": "node_modules/\n.cache\n.claude/settings.local.json\n",
      ".claude/settings.json": settings(["node_modules"]),
    });
    repo.write({
      "node_modules/x/index.js": "x\n",
      "a b/.cache/y": "y\n",
      ".claude/settings.local.json": `{ // personal\n "worktree": { "symlinkDirectories": ["a b/.cache", "node_modules"], }, }`,
    });
    assert.deepEqual(await linkDirectories(await open(repo.dir), to.dir), {
      linked: ["node_modules", "a b/.cache"],
      skipped: [],
    });
    assert.equal(readlinkSync(path.join(to.dir, "node_modules")), path.join(repo.dir, "node_modules"));
    for (let times = 0; times < 2; times++) {
      await hideLinks(await open(repo.dir), to.dir, ["node_modules", "a b/.cache"]);
    }
    assert.equal(to.git("status", "--porcelain"), "");
    const exclude = readFileSync(path.join(repo.dir, ".git/info/exclude"), "utf8");
    assert.equal(exclude.match(/^\/node_modules$/gm)?.length, 1);
    assert.doesNotMatch(exclude, /cache/);
  });

  it("links to nothing outside of the main worktree, whatever the repo's settings ask for", async () => {
    const outside = TestRepo.init().dir;
    const asked = [
      "/etc",
      "../..",
      ".",
      "",
      ".git",
      "sub/../../..",
      "out",
      "file",
      "gone",
      "tracked",
      "C:/x",
      "a\\..\\b",
      "two\nlines",
    ];
    const { repo, to } = withWorktree({
      ".gitignore": "two*\n",
      ".claude/settings.json": settings(asked),
      "tracked/a": "a\n",
      file: "f\n",
    });
    repo.write({ "two\nlines/a": "a\n" });
    symlinkSync(outside, path.join(repo.dir, "out"));
    const result = await linkDirectories(await open(repo.dir), to.dir);
    assert.deepEqual(result.linked, []);
    assert.deepEqual(
      result.skipped.map(({ path: asked }) => asked),
      asked,
    );
    assert.equal(to.git("status", "--porcelain"), "");
  });

  it("links no folder that git does not ignore, in the main worktree and in the new one", async () => {
    const { repo, to } = withWorktree({
      ".claude/settings.json": settings(["results", "cache", ":(top)*"]),
      ".gitignore": "other/\n",
    });
    repo.write({ "results/only-copy": "3 days\n", "cache/a": "a\n", ":(top)*/a": "a\n" });
    repo.write({ ".gitignore": "cache/\n" });
    const why = "git does not ignore that folder";
    assert.deepEqual(await linkDirectories(await open(repo.dir), to.dir), {
      linked: [],
      skipped: ["results", "cache", ":(top)*"].map((path) => ({ path, why })),
    });
  });

  it("takes settings of another shape for none", async () => {
    for (const text of ["", "{", "[]", settings("node_modules"), settings([1])]) {
      const { repo, to } = withWorktree({ ".claude/settings.json": text });
      assert.deepEqual(
        await linkDirectories(await open(repo.dir), to.dir),
        { linked: [], skipped: [] },
        text,
      );
    }
  });
});
