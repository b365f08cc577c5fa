import assert from "node:assert/strict";
import { type Fleet, openFleet } from "../../src/fleet/index";
import { needsYou, usualLimit } from "../../src/fleet/needsYou";
import { openRepo } from "../../src/git/repo";
import { adjudicate } from "../../src/review/adjudicate";
import { importFindings } from "../../src/review/import";
import { TestRepo } from "../kit/repo";

describe("findings that nobody decided on", () => {
  it("need a person, in the worktree that was reviewed, until the last one is decided", async () => {
    const { repo } = TestRepo.withOrigin();
    for (const name of ["one", "two"]) {
      repo.git("worktree", "add", "-q", "-b", name, `../${name}`, "main");
      repo.at(`../${name}`).commit(name, { [`${name}.txt`]: "first\nsecond\n" });
    }
    const there = await openRepo(repo.at("../one").dir);
    const opened = await openFleet(repo.dir);
    assert.ok(there.ok && opened.ok);
    const fleet: Fleet = opened.value;
    const looked = async () => {
      await fleet.refresh();
      await fleet.judge();
      return needsYou(fleet.snapshot, usualLimit).map(({ path, reasons, action }) => [
        path?.endsWith("/one"),
        reasons.join(),
        action,
      ]);
    };
    assert.deepEqual(await looked(), []);
    assert.equal(
      fleet.snapshot.worktrees[1]?.undecided,
      null,
      "not reviewed is not the same as nothing found",
    );

    const findings = ["first", "second"].map((quote) => ({
      title: `No ${quote}`,
      path: "one.txt",
      quote,
      severity: "major",
      category: "bug",
    }));
    const text = JSON.stringify({ schemaVersion: 1, findings });
    const imported = await importFindings(there.value, { text, reviewer: "Codex" });
    assert.ok(imported.ok);
    assert.deepEqual(await looked(), [[true, "findings", "decide"]]);
    const state = needsYou(fleet.snapshot, usualLimit)[0]?.state;
    const ids = fleet.snapshot.worktrees.find(({ branch }) => branch === "one")?.undecided ?? [];
    assert.equal(ids.length, 2);

    const decide = (id: string) =>
      adjudicate(there.value, { finding: id, verdict: "overrule", reason: "no" });
    assert.ok((await decide(ids[0] ?? "")).ok);
    assert.deepEqual(await looked(), [[true, "findings", "decide"]]);
    assert.notEqual(needsYou(fleet.snapshot, usualLimit)[0]?.state, state);
    assert.ok((await decide(ids[1] ?? "")).ok);
    assert.deepEqual(await looked(), []);
    fleet.dispose();
  });
});
