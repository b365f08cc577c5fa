import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { begin } from "../../src/store/pending";
import { operationVariable } from "../../src/store/process";
import { readRecords, type WorktreeRecord } from "../../src/worktrees/record";
import { settle } from "../../src/worktrees/settle";
import { TestRepo } from "../kit/repo";
import { create, opened, traces, value } from "./kit";

const dead = { pid: spawnSync(process.execPath, ["-e", ""]).pid };

interface Half {
  readonly repo: TestRepo;
  readonly folder: string;
  readonly admin: string;
  readonly record: WorktreeRecord;
  /** Everything as it was before. */
  readonly before: unknown;
}

/** A repo in which the making of `agent/a` was killed when all but the record was done. */
async function unrecorded(): Promise<Half> {
  const { repo } = TestRepo.withOrigin();
  repo.commit("files", {
    ".gitignore": ".env\n",
    ".worktreeinclude": ".env\n",
    "src/a.txt": "some lines\n".repeat(50),
    "src/b.txt": "b\n",
    "readme.md": "hello\n",
  });
  repo.write({ ".env": "A=1\n" });
  repo.git("worktree", "add", "-q", "-b", "others", "../others");
  rmSync(path.join(repo.dir, "../others"), { recursive: true });
  const before = traces(repo);
  const { commonDir } = await opened(repo);
  const oid = repo.git("rev-parse", "HEAD");
  const container = path.join(path.dirname(repo.dir), "repo.worktrees");
  const folder = path.join(container, "a");
  const record: WorktreeRecord = {
    id: "1-victim",
    path: folder,
    branch: "agent/a",
    base: { ref: "refs/heads/main", oid, fetchedAt: null },
    agent: null,
    task: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    setup: null,
  };
  const stage = { stage: "make", record, made: container, adminsBefore: ["others"], madeFolder: true };
  await begin(commonDir, "new", stage, record.id);
  const note = path.join(commonDir, "agent-foreman/pending/1-victim.json");
  writeFileSync(note, JSON.stringify({ ...JSON.parse(readFileSync(note, "utf8")), ...dead }));
  repo.git("update-ref", "refs/agent-foreman/base/agent/a", oid);
  repo.git("update-ref", "refs/heads/agent/a", oid);
  repo.git("worktree", "add", "-q", folder, "agent/a");
  writeFileSync(path.join(folder, ".env"), "A=1\n");
  return { repo, folder, admin: path.join(commonDir, "worktrees/a"), record, before };
}

/** The same, killed while git was still checking out. */
async function checkingOut(): Promise<Half> {
  const half = await unrecorded();
  rmSync(path.join(half.admin, "index"));
  writeFileSync(path.join(half.admin, "index.lock"), "DIRC");
  writeFileSync(path.join(half.admin, "locked"), "initializing");
  rmSync(path.join(half.folder, "src/b.txt"));
  truncateSync(path.join(half.folder, "src/a.txt"), 100);
  return half;
}

async function outcomes(repo: TestRepo): Promise<string[]> {
  return (await settle(await opened(repo))).map((note) => note.outcome);
}

describe("worktrees/settle, of a killed new", () => {
  const ours: [string, () => Promise<Half>, (half: Half) => void][] = [
    ["all but recorded", unrecorded, () => {}],
    [
      "all but recorded, its copies cut off",
      unrecorded,
      ({ folder }) => truncateSync(path.join(folder, ".env"), 1),
    ],
    ["checking out", checkingOut, () => {}],
    [
      "checking out, without git's notes",
      checkingOut,
      ({ admin }) => {
        for (const name of ["HEAD", "gitdir", "commondir"]) rmSync(path.join(admin, name));
        utimesSync(admin, 1, 1);
      },
    ],
    [
      "before there was a folder",
      unrecorded,
      ({ repo, folder, admin }) => {
        rmSync(folder, { recursive: true });
        rmSync(admin, { recursive: true });
        const common = path.join(repo.dir, ".git");
        for (const ref of ["refs/heads/agent/a", "refs/agent-foreman/base/agent/a"])
          writeFileSync(path.join(common, `${ref}.lock`), "");
      },
    ],
    [
      "between the two refs",
      unrecorded,
      ({ repo, folder, admin }) => {
        rmSync(folder, { recursive: true });
        rmSync(admin, { recursive: true });
        repo.git("update-ref", "-d", "refs/heads/agent/a");
      },
    ],
    [
      "already taking back, with a lock of git's left",
      checkingOut,
      ({ repo, folder }) => {
        rmSync(path.join(folder, "src"), { recursive: true });
        const note = path.join(repo.dir, ".git/agent-foreman/pending/1-victim.json");
        writeFileSync(note, JSON.stringify({ ...JSON.parse(readFileSync(note, "utf8")), back: true }));
        const lock = path.join(repo.dir, ".git/packed-refs.lock");
        writeFileSync(lock, "");
        utimesSync(lock, 1, 1);
      },
    ],
  ];
  for (const [when, arrange, more] of ours)
    it(`takes it back, killed ${when}`, async () => {
      const half = await arrange();
      more(half);
      assert.deepEqual(await outcomes(half.repo), ["taken-back"]);
      assert.deepEqual(traces(half.repo), half.before);
      assert.equal(value(await create(half.repo, { name: "a", base: "main" })).path, half.folder);
    });

  const theirs: [string, () => Promise<Half>, (at: TestRepo, half: Half) => void][] = [
    ["a new file", unrecorded, (at) => at.write({ "new.txt": "work" })],
    ["an ignored file of its own", unrecorded, (at) => at.write({ ".env": "A=2\n" })],
    ["a changed file", unrecorded, (at) => at.write({ "src/b.txt": "b\nmore\n" })],
    ["a commit", unrecorded, (at) => at.commit("work")],
    [
      "a staged change",
      unrecorded,
      (at) => {
        at.write({ "src/b.txt": "staged\n" });
        at.git("add", "src/b.txt");
        at.write({ "src/b.txt": "b\n" });
      },
    ],
    ["a detached HEAD", unrecorded, (at) => at.git("checkout", "-q", "--detach")],
    ["a new file in a checkout cut short", checkingOut, (at) => at.write({ "new.txt": "work" })],
    ["a changed file in a checkout cut short", checkingOut, (at) => at.write({ "readme.md": "help\n" })],
  ];
  for (const [what, arrange, work] of theirs)
    it(`finishes it where there is ${what}`, async () => {
      const half = await arrange();
      const at = half.repo.at(half.folder);
      work(at, half);
      const head = half.repo.git("rev-parse", "agent/a");
      assert.deepEqual(await outcomes(half.repo), ["finished"]);
      assert.deepEqual(await readRecords(await opened(half.repo)), new Map([["agent/a", half.record]]));
      assert.equal(half.repo.git("rev-parse", "agent/a"), head);
      assert.deepEqual(await outcomes(half.repo), []);
      if (arrange === checkingOut) {
        const status = what.startsWith("a new") ? "?? new.txt" : " M readme.md";
        assert.equal(at.git("status", "--porcelain"), status);
        assert.equal(at.git("rev-parse", "--abbrev-ref", "HEAD"), "agent/a");
      }
    });

  it("finishes what was recorded already", async () => {
    const { repo } = TestRepo.withOrigin();
    const { id } = value(await create(repo, "a"));
    const { commonDir } = await opened(repo);
    const [record] = [...(await readRecords({ commonDir })).values()];
    await begin(commonDir, "new", { stage: "make", record, made: "/x", adminsBefore: [], givenUp: true }, id);
    const before = traces(repo) as object;
    assert.deepEqual(await outcomes(repo), ["finished"]);
    assert.deepEqual(traces(repo), { ...before, pending: [] });
  });

  it("leaves somebody else's folder and branch of that name alone", async () => {
    const { repo, folder, admin } = await unrecorded();
    rmSync(folder, { recursive: true });
    rmSync(admin, { recursive: true });
    mkdirSync(folder);
    writeFileSync(path.join(folder, "theirs"), "work");
    repo.git("worktree", "add", "-q", "../elsewhere", "agent/a");
    assert.deepEqual(await outcomes(repo), ["taken-back"]);
    assert.equal(readFileSync(path.join(folder, "theirs"), "utf8"), "work");
    assert.equal(repo.at("../elsewhere").git("rev-parse", "--abbrev-ref", "HEAD"), "agent/a");
    assert.equal(repo.git("for-each-ref", "refs/agent-foreman"), "");
  });

  it("leaves a branch that somebody else made in that very moment", async () => {
    const { repo, folder, admin } = await unrecorded();
    rmSync(folder, { recursive: true });
    rmSync(admin, { recursive: true });
    repo.git("update-ref", "-d", "refs/agent-foreman/base/agent/a");
    assert.deepEqual(await outcomes(repo), ["taken-back"]);
    assert.equal(repo.git("branch", "--list", "agent/a"), "  agent/a");
  });

  it("frees a ref that a killed fetch had locked", async () => {
    const { repo } = TestRepo.withOrigin();
    const { commonDir } = await opened(repo);
    const fields = { stage: "fetch", ref: "refs/remotes/origin/main", givenUp: true };
    await begin(commonDir, "new", fields, "1-fetch");
    await begin(commonDir, "new", { ...fields, ref: "refs/remotes/../../../outside" }, "2-hostile");
    const lock = path.join(commonDir, "refs/remotes/origin/main.lock");
    writeFileSync(lock, "");
    writeFileSync(path.join(repo.dir, "outside.lock"), "");
    for (const file of [lock, path.join(repo.dir, "outside.lock")]) utimesSync(file, 1, 1);
    assert.deepEqual(await outcomes(repo), ["taken-back", "taken-back"]);
    assert.deepEqual([existsSync(lock), existsSync(path.join(repo.dir, "outside.lock"))], [false, true]);
  });

  it("goes on when something cannot be put right, and tries again the next time", async () => {
    const { repo, folder, before } = await unrecorded();
    const lock = path.join(repo.dir, ".git/packed-refs.lock");
    writeFileSync(lock, "");
    const [note] = await settle(await opened(repo));
    assert.equal(note?.outcome, "later");
    assert.match(
      note.message,
      /^What was interrupted could not be put right, and will be tried again: git .*packed-refs/,
    );
    assert.equal(existsSync(folder), false);
    rmSync(lock);
    assert.deepEqual(await outcomes(repo), ["taken-back"]);
    assert.deepEqual(traces(repo), before);
  });

  it("waits for a git that outlived its caller", async () => {
    const { repo, before } = await checkingOut();
    const orphan = spawn("sleep", ["0.7"], { env: { ...process.env, [operationVariable]: "1-victim" } });
    let ended = false;
    orphan.once("exit", () => {
      ended = true;
    });
    assert.deepEqual(await outcomes(repo), ["taken-back"]);
    assert.equal(ended, true);
    assert.deepEqual(traces(repo), before);
  });
});
