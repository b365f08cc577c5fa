import assert from "node:assert/strict";
import path from "node:path";
import { type Change, type Fleet, openFleet } from "../../src/fleet/index";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory } from "../kit/story";

async function open(dir: string): Promise<Fleet> {
  const fleet = await openFleet(dir);
  assert.ok(fleet.ok);
  return fleet.value;
}

/** The tree as a person would read it out. */
function told(fleet: Fleet): string[] {
  return fleet.snapshot.worktrees.map(
    ({ name, branch, ahead, behind, dirt, remoteAhead, owner, missing }) =>
      `${name} [${branch}] ${owner?.agent ?? "-"} +${ahead} -${behind} ` +
      `${missing ? "missing" : dirt ? `${dirt.changed} changed, ${dirt.untracked} new` : "?"}` +
      (remoteAhead ? `, remote has ${remoteAhead} more` : ""),
  );
}

describe("fleet", () => {
  it("tells names at once, then facts, and the same object where nothing changed", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.git("worktree", "add", "-q", "-b", "worktree-a", "../a", "main");
    repo.git("worktree", "add", "-q", "-b", "b", "../b/.claude/worktrees/b", "main");
    const a = repo.at("../a");
    a.commit("work", { "a.txt": "1\n" });
    repo.commit("more on main", { "m.txt": "1\n" });
    repo.git("push", "-q", "origin", "main");
    a.write({ "a.txt": "2\n", "new.txt": "" });

    const fleet = await open(a.dir);
    const changes: Change[] = [];
    fleet.onChange((change) => changes.push(change));
    await fleet.refresh();
    assert.deepEqual(
      changes[0]?.snapshot.worktrees.map(({ name, dirt }) => [name, dirt]),
      [
        ["repo", null],
        ["a", null],
        ["b", null],
      ],
    );
    assert.equal(changes[0]?.structure, true);
    assert.equal(fleet.snapshot.complete, true);
    assert.equal(fleet.snapshot.target?.ref, "refs/remotes/origin/main");
    assert.deepEqual(told(fleet), [
      "repo [main] - +0 -0 0 changed, 0 new",
      "a [worktree-a] claude +1 -1 1 changed, 1 new",
      "b [b] claude +0 -1 0 changed, 0 new",
    ]);

    const before = fleet.snapshot.worktrees;
    changes.length = 0;
    repo.at("../b/.claude/worktrees/b").write({ "readme.md": "changed\n" });
    await fleet.refresh({ paths: [`${repo.at("..").dir}/b/.claude/worktrees/b`] });
    assert.deepEqual(
      changes.flatMap(({ changed }) => changed.map((p) => p.split("/").at(-1))),
      ["b"],
    );
    assert.equal(fleet.snapshot.worktrees[1], before[1]);
    assert.equal(told(fleet)[2], "b [b] claude +0 -1 1 changed, 0 new");
    fleet.dispose();
  });

  it("sees commits, switches, pushes by others, new and lost worktrees made behind its back", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    repo.git("worktree", "add", "-q", "-b", "x", "../x", "main");
    const fleet = await open(repo.dir);
    await fleet.refresh();
    const x = repo.at("../x");
    x.commit("one", { x: "1\n" });
    await fleet.refresh({ paths: [x.dir] });
    assert.deepEqual(told(fleet)[1], "x [x] - +1 -0 0 changed, 0 new");

    x.git("push", "-q", "origin", "x");
    const other = TestRepo.at(`${repo.dir}-other`);
    repo.git("clone", "-q", origin.dir, other.dir);
    other.git("checkout", "-q", "x");
    other.commit("by somebody else", { y: "1\n" });
    other.git("push", "-q", "origin", "x");
    repo.git("fetch", "-q");
    await fleet.refresh({ refs: true });
    assert.equal(told(fleet)[1], "x [x] - +1 -0 0 changed, 0 new, remote has 1 more");

    x.git("checkout", "-q", "-b", "renamed");
    repo.git("worktree", "add", "-q", "--detach", "../y", "main");
    repo.git("worktree", "add", "-q", "-b", "z", "../z", "main");
    repo.git("worktree", "remove", "../y");
    await fleet.refresh({ refs: true });
    assert.deepEqual(told(fleet).slice(1), [
      "x [renamed] - +1 -0 0 changed, 0 new",
      "z [z] - +0 -0 0 changed, 0 new",
    ]);
    fleet.dispose();
  });

  it("tells whose work is in the target, by content or by what GitHub says", async () => {
    const { repo } = TestRepo.withOrigin();
    for (const name of ["squashed", "edited", "open", "empty"])
      repo.git("worktree", "add", "-q", "-b", name, `../${name}`, "main");
    for (const name of ["squashed", "edited", "open"]) {
      repo.at(`../${name}`).commit(`${name} 1`, { [`${name}.txt`]: "one\n" });
      repo.at(`../${name}`).commit(`${name} 2`, { [`${name}.txt`]: "one\ntwo\n" });
    }
    repo.git("merge", "-q", "--squash", "squashed");
    repo.commit("squashed (#1)");
    const landing = repo.commit("edited (#2)", { "edited.txt": "first\n2\n" });
    repo.git("push", "-q", "origin", "main");

    const fleet = await open(repo.dir);
    await fleet.refresh();
    const states = () =>
      fleet.snapshot.worktrees.map(({ name, landed }) => [
        name,
        landed?.state === "landed" ? landed.how : (landed?.state ?? null),
      ]);
    const expected = [
      ["repo", null],
      ["edited", "open"],
      ["empty", "empty"],
      ["open", "open"],
      ["squashed", "squash"],
    ];
    assert.deepEqual(states(), expected);

    await fleet.usePulls([{ number: 2, head: repo.git("rev-parse", "edited"), mergeCommit: landing }]);
    assert.deepEqual(states(), [expected[0], ["edited", "pull-request"], ...expected.slice(2)]);
    fleet.dispose();
  });

  it("tells what the target would lose to a branch, on the demo's own story", async () => {
    const fleet = await open(buildStory(path.join(tempDir(), "story")).repo);
    await fleet.refresh();
    await fleet.check();
    assert.deepEqual(
      fleet.snapshot.worktrees.map(({ name, check }) => [
        name,
        check?.verdict ?? null,
        check?.losses.map(({ path, introducedBy }) => `${path} of #${introducedBy[0]?.pr}`) ?? null,
      ]),
      [
        ["tally", null, null],
        [
          "tidy-storage",
          "lossy",
          [
            "CHANGELOG.md of #12",
            "README.md of #13",
            "src/cli.js of #12",
            "src/csv.js of #12",
            "test/csv.test.js of #12",
          ],
        ],
        ["dark-mode", "stale", []],
        ["csv-export", null, null],
      ],
    );
    fleet.dispose();
  });

  it("keeps the last known state and says so when the repo cannot be read any more", async () => {
    const { repo } = TestRepo.withOrigin();
    const fleet = await open(repo.dir);
    await fleet.refresh();
    const known = told(fleet);
    repo.write({ ".git/HEAD": "garbage" });
    await fleet.refresh();
    assert.equal(fleet.snapshot.problem?.code, "refresh-failed");
    assert.deepEqual(told(fleet), known);
    fleet.dispose();
  });

  it("shows a repo without commits, without a remote and without a folder as what they are", async () => {
    const repo = TestRepo.init();
    const fleet = await open(repo.dir);
    await fleet.refresh();
    assert.deepEqual(told(fleet), ["repo [main] - +null -null 0 changed, 0 new"]);
    assert.equal(fleet.snapshot.target, null);
    repo.commit("first");
    repo.git("worktree", "add", "-q", "../gone");
    repo.git("worktree", "move", "../gone", "../gone2");
    const gone = repo.at("../gone2");
    gone.git("-c", "alias.x=!rm -rf ../gone2", "x");
    await fleet.refresh();
    assert.deepEqual(told(fleet), ["repo [main] - +0 -0 0 changed, 0 new", "gone2 [gone] - +0 -0 missing"]);
    fleet.dispose();
  });
});
