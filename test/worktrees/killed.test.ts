import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import { openRepo, type Repo } from "../../src/git/repo";
import type { Outcome } from "../../src/model/outcome";
import { pendingDir } from "../../src/store/pending";
import { removeWorktree } from "../../src/worktrees/remove";
import { settle } from "../../src/worktrees/settle";
import { undoRemoval } from "../../src/worktrees/undo";
import { readFolder } from "../kit/folder";
import { TestRepo, tempDir } from "../kit/repo";

/** More of them, once in a while: KILL_ROUNDS=50. */
const rounds = Number(process.env.KILL_ROUNDS ?? 6);

function value<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? "" : JSON.stringify(outcome.refusal));
  return outcome.value;
}

describe("worktrees: a removal or an undo that is killed", () => {
  let main: TestRepo;
  let tree: TestRepo;
  let repo: Repo;
  let child: string;

  before(async () => {
    child = path.join(tempDir(), "child.cjs");
    buildSync({
      entryPoints: [path.join(__dirname, "removalChild.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      mainFields: ["module", "main"],
      outfile: child,
    });
    main = TestRepo.withOrigin().repo;
    main.commit("base", { ".gitignore": ".env\nnode_modules\n", "a.ts": "1\n", "b.ts": "1\n" });
    main.git("push", "-q", "origin", "main");
    tree = main.at(path.join(path.dirname(main.dir), "repo.worktrees", "work"));
    main.git("worktree", "add", "-q", "-b", "agent/work", tree.dir);
    main.git("config", "branch.agent/work.remote", "origin");
    main.git("update-ref", "refs/agent-foreman/base/agent/work", "main");
    main.git("pack-refs", "--all");
    tree.commit("own", { "own.ts": "mine\n" });
    tree.write({ "a.ts": "staged\n" });
    tree.git("add", "a.ts");
    tree.write({ "a.ts": "changed\n", "new.ts": "untracked\n", ".env": "SECRET=1\n" });
    repo = value(await openRepo(main.dir));
  });

  function state() {
    return {
      files: readFolder(tree.dir),
      status: tree.git("status", "--porcelain=v2", "--branch", "--untracked-files=all", "--ignored"),
      list: main.git("worktree", "list", "--porcelain"),
      refs: main.git("for-each-ref", "refs/heads", "refs/agent-foreman/base"),
      config: main.git("config", "--local", "--list"),
      around: readdirSync(path.dirname(tree.dir)),
    };
  }

  /** What would be in the way of git, or of us. */
  function leftovers(): string[] {
    const git = path.join(main.dir, ".git");
    const inGit = readdirSync(git, { recursive: true, encoding: "utf8" });
    const container = path.dirname(tree.dir);
    const around = existsSync(container) ? readdirSync(container) : [];
    return [
      ...inGit.filter((name) => /\.(lock|new)$/.test(name)),
      ...readdirSync(pendingDir(git)),
      ...around.filter((name) => name !== "work"),
      ...inGit.filter((name) => /agent-foreman\/rescue\/[^/]+\/scratch/.test(name)),
    ];
  }

  /** Runs it in a process that is killed (with its git, or alone) after a time; how long it took if it was not. */
  async function runAndKill(what: "remove" | "undo", afterMs: number, group: boolean): Promise<number> {
    const victim = spawn(process.execPath, [child, main.dir, tree.dir, what], { detached: true });
    const gone = once(victim, "exit");
    await once(victim.stdout, "data");
    const began = Date.now();
    await Promise.race([gone, sleep(afterMs)]);
    const took = Date.now() - began;
    const { pid } = victim;
    if (victim.exitCode === null && pid) process.kill(group ? -pid : pid, "SIGKILL");
    await gone;
    return took;
  }

  async function settled(): Promise<string> {
    for (;;) {
      const [note] = await settle(repo);
      if (note?.outcome !== "later") return note?.outcome ?? "nothing";
    }
  }

  it("loses nothing, whenever it is killed", async function () {
    this.timeout(120_000 + rounds * 30_000);
    const whole = state();
    const longest = { remove: await runAndKill("remove", 60_000, true), undo: 0 };
    longest.undo = await runAndKill("undo", 60_000, true);
    assert.deepEqual(state(), whole);
    for (let round = 0; round < rounds; round++) {
      const afterMs = ((round + Math.random()) / rounds) * longest.remove;
      await runAndKill("remove", afterMs, round % 2 === 0);
      const outcome = await settled();
      const where = `remove, round ${round}, after ${afterMs} ms: ${outcome}`;
      assert.deepEqual(leftovers(), [], where);
      if (existsSync(tree.dir)) {
        assert.deepEqual(state(), whole, where);
        value(await removeWorktree(repo, tree.dir, { anyway: true }));
      }
      assert.doesNotMatch(main.git("worktree", "list"), /agent\/work/, where);
      assert.equal(main.git("for-each-ref", "refs/heads", "--format=%(refname)"), "refs/heads/main", where);

      const undoAfterMs = ((round + Math.random()) / rounds) * longest.undo;
      await runAndKill("undo", undoAfterMs, round % 2 === 1);
      const undone = await settled();
      const whereUndo = `undo, round ${round}, after ${undoAfterMs} ms: ${undone}`;
      assert.deepEqual(leftovers(), [], whereUndo);
      if (!existsSync(tree.dir)) value(await undoRemoval(repo));
      assert.deepEqual(state(), whole, whereUndo);
    }
  });
});
