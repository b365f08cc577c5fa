import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identityOf } from "../../src/git/adminDir";
import type { Repo } from "../../src/git/repo";
import { advance, begin, pendingDir } from "../../src/store/pending";
import { type Removal, readRemovals } from "../../src/worktrees/removalNote";
import { complete, park } from "../../src/worktrees/removalSteps";
import { removeWorktree } from "../../src/worktrees/remove";
import { settle } from "../../src/worktrees/settle";
import { undoRemoval } from "../../src/worktrees/undo";
import { readFolder } from "../kit/folder";
import { TestRepo } from "../kit/repo";
import { opened, value } from "./kit";

describe("worktrees/settle, of a killed removal", () => {
  let main: TestRepo;
  let repo: Repo;
  let tree: TestRepo;

  beforeEach(async () => {
    main = TestRepo.withOrigin().repo;
    main.commit("base", { ".gitignore": ".env\ndata/\n" });
    main.git("push", "-q", "origin", "main");
    repo = await opened(main);
    tree = main.at(path.join(path.dirname(main.dir), "repo.worktrees", "work"));
    main.git("worktree", "add", "-q", "-b", "agent/work", tree.dir);
    tree.write({ ".env": "SECRET=1\n", "new.ts": "1\n" });
  });

  /** Removes the worktree, and gives what was noted of that. */
  async function removed(): Promise<Removal> {
    value(await removeWorktree(repo, tree.dir, { anyway: true }));
    const removal = (await readRemovals(repo)).at(-1);
    assert.ok(removal);
    return removal;
  }

  /** As if it had been killed while the folder was being deleted. */
  async function unfinished(removal: Removal): Promise<void> {
    if (removal.parked !== null) {
      mkdirSync(removal.parked, { recursive: true });
      writeFileSync(path.join(removal.parked, "rest"), "");
    }
    await begin(repo.commonDir, "remove", { removal, forgetting: true, givenUp: true }, removal.id);
  }

  /** Another tool's new worktree at the same place, which git gives the same administrative folder. */
  function another(): TestRepo {
    main.git("worktree", "add", "-q", "-b", "second", tree.dir, "main");
    mkdirSync(path.join(tree.dir, "data"));
    tree.write({ ".env": "TOKEN=only copy\n", "data/result.csv": "three days\n" });
    return tree;
  }

  function seen() {
    return {
      files: readFolder(tree.dir),
      list: main.git("worktree", "list", "--porcelain"),
      refs: main.git("for-each-ref"),
      around: readdirSync(path.dirname(tree.dir)),
    };
  }

  const logFile = () => path.join(repo.commonDir, "agent-foreman/removals.jsonl");
  const cases: readonly (readonly [string, () => void, () => void])[] = [
    ["while the folder was being deleted", () => {}, () => {}],
    ["before it was noted", () => {}, () => rmSync(logFile())],
    [
      "before it was noted, the folder missing from the beginning",
      () => rmSync(tree.dir, { recursive: true }),
      () => rmSync(logFile()),
    ],
  ];
  for (const [when, before, after] of cases) {
    it(`leaves a new worktree at the same place alone, killed ${when}`, async () => {
      before();
      const removal = await removed();
      after();
      another();
      const whole = seen();
      assert.equal(tree.git("rev-parse", "--absolute-git-dir"), removal.adminDir);
      await unfinished(removal);
      assert.deepEqual(
        (await settle(repo)).map(({ outcome }) => outcome),
        ["finished"],
      );
      assert.deepEqual(seen(), whole);
      assert.match(whole.refs, new RegExp(removal.rescueRef));
      assert.deepEqual(readdirSync(pendingDir(repo.commonDir)), []);
      assert.deepEqual(
        (await readRemovals(repo)).map(({ id }) => id),
        [removal.id],
      );
    });
  }

  /** A removal of the worktree as it is now, up to where its folder is parked and git is to forget it. */
  async function parked() {
    const last = await removed();
    value(await undoRemoval(repo));
    const removal = { ...last, id: "again", adminIdentity: await identityOf(last.adminDir) };
    const pending = await begin(repo.commonDir, "remove", { removal, forgetting: true }, removal.id);
    const whole = readFolder(tree.dir);
    assert.equal(await park(removal), null);
    return { removal, pending, whole };
  }

  it("leaves a new worktree alone that was forced to the place before git had forgotten the old one", async () => {
    const { removal, pending } = await parked();
    main.git("worktree", "add", "-q", "-f", "-b", "second", tree.dir, "main");
    tree.write({ ".env": "TOKEN=only copy\n" });
    const whole = readFolder(tree.dir);
    await advance(repo.commonDir, pending, { givenUp: true });
    const [note] = await settle(repo);
    assert.equal(note?.outcome, "finished");
    assert.deepEqual(readFolder(tree.dir), whole);
    assert.equal(tree.git("rev-parse", "--abbrev-ref", "HEAD"), "second");
    assert.equal(main.git("rev-parse", removal.rescueRef), removal.rescued);
  });

  it("takes it back when a program made the folder again before git had forgotten it", async () => {
    const { pending, whole } = await parked();
    mkdirSync(tree.dir);
    tree.write({ "server.log": "late\n" });
    await advance(repo.commonDir, pending, { givenUp: true });
    const [note] = await settle(repo);
    assert.equal(note?.outcome, "taken-back");
    assert.deepEqual(readFolder(tree.dir), whole);
    assert.equal(readFileSync(`${tree.dir}.written-again/server.log`, "utf8"), "late\n");
  });

  it("has kept the ignored files when others learn of it, and leaves the worktree alone that they bring back", async () => {
    const { removal, pending, whole } = await parked();
    value(await complete(repo, removal));
    assert.equal(value(await undoRemoval(repo)).id, "again");
    assert.deepEqual(readFolder(tree.dir), whole);
    await advance(repo.commonDir, pending, { givenUp: true });
    await settle(repo);
    assert.deepEqual(readFolder(tree.dir), whole);
    assert.equal(removal.parked !== null && existsSync(removal.parked), false);
  });
});
