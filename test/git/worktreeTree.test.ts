import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import path from "node:path";
import { Aside } from "../../src/git/aside";
import { openRepo } from "../../src/git/repo";
import { type FilesOnDisk, readWorktreeTree } from "../../src/git/worktreeTree";
import { TestRepo, tempDir } from "../kit/repo";

interface Desk {
  readonly repo: TestRepo;
  /** What is read, once more each time. */
  read(): Promise<FilesOnDisk>;
  /** The same where nothing of earlier readings is known. */
  readAnew(): Promise<FilesOnDisk>;
  /** Where that is kept. */
  folder(): string;
  /** What `git add --all` would make of the files; changes the real index. */
  truth(): string;
}

async function open(...options: string[]): Promise<Desk> {
  const repo = TestRepo.init(undefined, ...options);
  repo.commit("first", { "a.ts": "a\n", "lib/b.ts": "b\n", ".gitignore": "*.log\n" });
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  const aside = (folder = tempDir()) => new Aside(opened.value, async () => folder);
  const folder = tempDir();
  const kept = aside(folder);
  const read = (where: Aside) => where.use(() => readWorktreeTree(where, repo.dir));
  return {
    repo,
    read: () => read(kept),
    readAnew: () => read(aside()),
    folder: () => folder,
    truth: () => {
      repo.git("add", "--all");
      return repo.git("write-tree");
    },
  };
}

/** Read with and without what is known of before, it is what git would add. */
async function same({ read, readAnew, truth }: Desk): Promise<void> {
  const [kept, anew] = [await read(), await readAnew()];
  assert.equal(kept.tree, anew.tree);
  assert.equal(anew.tree, truth());
  assert.equal((await read()).tree, anew.tree);
  assert.deepEqual([kept.leftOut, anew.leftOut, anew.merging], [0, 0, []]);
}

describe("git/worktreeTree", () => {
  it("is what git would add: edits, deletions, new, moved and ignored files, modes and links", async () => {
    const desk = await open();
    const { repo } = desk;
    await same(desk);
    repo.write({ "a.ts": "other\n", 'new dir/\u00e4 "q".ts': "x\n", "-dash": "x\n", "x.log": "no\n" });
    rmSync(path.join(repo.dir, "lib/b.ts"));
    symlinkSync("nowhere", path.join(repo.dir, "link"));
    chmodSync(path.join(repo.dir, ".gitignore"), 0o755);
    await same(desk);
    repo.git("mv", "a.ts", "moved.ts");
    for (const folder of ["new dir", "lib"])
      rmSync(path.join(repo.dir, folder), { recursive: true, force: true });
    repo.write({ "moved.ts": "more\n", "-dash": "y\n", lib: "a file where a folder was\n" });
    await same(desk);
    rmSync(path.join(repo.dir, "lib"));
    repo.write({ "lib/again.ts": "a folder where a file was\n" });
    await same(desk);
  });

  it("knows files that are only meant to be added, staged ones, and an index that is not there or locked", async () => {
    const desk = await open();
    const { repo } = desk;
    repo.write({ "later.ts": "later\n", "gone.ts": "gone\n", "staged.ts": "1\n" });
    repo.git("add", "-N", "later.ts", "gone.ts");
    repo.git("add", "staged.ts");
    repo.write({ "staged.ts": "2\n", ".git/index.lock": "" });
    rmSync(path.join(repo.dir, "gone.ts"));
    const { tree } = await desk.readAnew();
    assert.equal((await desk.read()).tree, tree);
    rmSync(path.join(repo.dir, ".git/index.lock"));
    assert.equal(desk.truth(), tree);
    rmSync(path.join(repo.dir, ".git/index"));
    assert.equal((await desk.read()).tree, tree);
    assert.throws(() => statSync(path.join(repo.dir, ".git/index")));
  });

  it("sees an edit of the same size in the second in which git wrote the index", async () => {
    const desk = await open();
    const { repo } = desk;
    const second = new Date("2026-01-01T10:00:00.000Z");
    const file = path.join(repo.dir, "a.ts");
    utimesSync(file, second, second);
    repo.git("add", "a.ts");
    const index = path.join(repo.dir, ".git/index");
    utimesSync(index, second, second);
    repo.write({ "a.ts": "b\n" });
    utimesSync(file, second, second);
    const before = repo.git("rev-parse", "HEAD^{tree}");
    const { tree } = await desk.read();
    assert.notEqual(tree, before);
    assert.equal(repo.git("rev-parse", "HEAD:a.ts") === repo.git("hash-object", "a.ts"), false);
    assert.equal(tree, desk.truth());
  });

  it("honours sparse checkouts, split indexes, file watchers of git's, and its own filters and line ends", async () => {
    const desk = await open();
    const { repo } = desk;
    repo.git("config", "core.splitIndex", "true");
    repo.git("update-index", "--split-index");
    repo.commit("split", { "c.ts": "c\n" });
    repo.write({ "c.ts": "cc\n", "d.ts": "d\r\n" });
    repo.git("config", "core.autocrlf", "input");
    repo.git("config", "core.safecrlf", "true");
    const hook = path.join(tempDir(), "fsmonitor");
    repo.at(path.dirname(hook)).write({ fsmonitor: "#!/bin/sh\nprintf 'token\\0'\n" });
    chmodSync(hook, 0o755);
    repo.git("config", "core.fsmonitor", hook);
    const { tree } = await desk.readAnew();
    assert.equal((await desk.read()).tree, tree);
    for (const key of ["core.fsmonitor", "core.safecrlf"]) repo.git("config", "--unset", key);
    repo.git("update-index", "--no-fsmonitor");
    assert.equal(desk.truth(), tree);

    repo.git("config", "filter.upper.clean", "tr a-z A-Z");
    repo.commit("filtered", { ".gitattributes": "*.up filter=upper\n", "x.up": "loud\n" });
    repo.write({ "x.up": "louder\n", "y.up": "new\n" });
    await same(desk);
    repo.commit("all");
    repo.git("sparse-checkout", "set", "--cone", "lib");
    repo.write({ "lib/b.ts": "sparse\n", "lib/new.ts": "n\n" });
    const sparse = await desk.read();
    assert.equal(sparse.tree, (await desk.readAnew()).tree);
    repo.git("add", "--all", "--sparse", "lib");
    assert.equal(repo.git("write-tree"), sparse.tree);
  });

  it("knows submodules by the commit they are at, and leaves other repos inside alone", async () => {
    const desk = await open();
    const { repo } = desk;
    const library = TestRepo.init();
    library.commit("one", { "l.ts": "1\n" });
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.dir, "sub");
    repo.commit("with a submodule");
    const sub = repo.at("sub");
    sub.commit("two", { "l.ts": "2\n" });
    sub.write({ "l.ts": "3\n", "untracked.ts": "x\n" });
    await same(desk);
    rmSync(path.join(repo.dir, "sub"), { recursive: true });
    mkdirSync(path.join(repo.dir, "sub"));
    await same(desk);
    const inner = TestRepo.init(path.join(repo.dir, "nested"));
    inner.commit("inner", { "i.ts": "i\n" });
    assert.equal((await desk.read()).tree, (await desk.readAnew()).tree);
    assert.match(repo.git("status", "--porcelain"), /\?\? nested\//);
    assert.equal((await desk.read()).tree, repo.git("write-tree"));
  });

  it("leaves out what is too large or cannot be read and says so, and reads a large file once", async () => {
    const desk = await open();
    const { repo } = desk;
    repo.write({ "huge.bin": Buffer.alloc((64 << 20) + 1), "a.ts": Buffer.alloc(8 << 20, "line\n") });
    const old = new Date("2026-01-01T10:00:00.000Z");
    // Files of this very second are read again, because git cannot be sure of them.
    utimesSync(path.join(repo.dir, "a.ts"), old, old);
    assert.equal((await desk.read()).leftOut, 1);
    const blob = repo.git("hash-object", "a.ts");
    const stored = path.join(desk.folder(), "objects", blob.slice(0, 2), blob.slice(2));
    utimesSync(stored, old, old);
    repo.write({ "small.ts": "s\n" });
    await desk.read();
    // Git renews the time of an object that it writes again.
    assert.deepEqual(statSync(stored).mtime, old);
    if (process.getuid?.() !== 0) {
      repo.write({ secret: "x\n" });
      chmodSync(path.join(repo.dir, "secret"), 0);
      assert.equal((await desk.read()).leftOut, 2);
    }
  });

  it("hears of a merge that is not committed yet", async () => {
    const desk = await open();
    const { repo } = desk;
    repo.git("switch", "-q", "-c", "other");
    const theirs = repo.commit("other", { "a.ts": "other\n" });
    repo.git("switch", "-q", "main");
    repo.commit("mine", { "a.ts": "mine\n" });
    assert.throws(() => repo.git("merge", "-q", "other"));
    assert.deepEqual((await desk.read()).merging, [theirs]);
  });

  it("works in a linked worktree whose path has what a path may have, also by another kind of id", async () => {
    const { repo } = await open("--object-format=sha256");
    const dir = `${repo.dir}-li"n\nk ed`;
    repo.git("worktree", "add", "-q", "-b", "other", dir);
    const linked = TestRepo.at(dir);
    linked.write({ "a.ts": "linked\n" });
    const opened = await openRepo(dir);
    assert.ok(opened.ok);
    const aside = new Aside(opened.value, async () => tempDir());
    const { tree } = await aside.use(() => readWorktreeTree(aside, dir));
    linked.git("add", "-A");
    assert.equal(tree, linked.git("write-tree"));
  });
});
