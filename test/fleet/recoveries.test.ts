import assert from "node:assert/strict";
import { openFleet } from "../../src/fleet/index";
import { needsYou } from "../../src/fleet/needsYou";
import { cliJson } from "../kit/cli";
import { Stale } from "../recovery/kit";

/** The second of two commits conflicts. */
function stale(): Stale {
  const s = new Stale();
  s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
  s.h.edit("feature", "feat: quiet", "app.ts", "usage: app", "usage: app [--quiet]");
  s.h.edit("main", "feat: loud", "app.ts", "usage: app", "usage: app [--loud]");
  return s.desk();
}

/** How a fleet that was opened just now has it: branch → where the recovery stands there. */
async function standing(s: Stale): Promise<Record<string, unknown>> {
  const fleet = await openFleet(s.dir);
  assert.ok(fleet.ok);
  await fleet.value.refresh();
  const { snapshot } = fleet.value;
  fleet.value.dispose();
  const needs = needsYou(snapshot, { commits: 20 }).map(({ reasons, action }) => [...reasons, action]);
  const known = snapshot.worktrees.flatMap(({ branch, recovery }) =>
    recovery
      ? [[branch, `${recovery.here ? "here" : "there"} ${recovery.state} ${recovery.at}/${recovery.of}`]]
      : [],
  );
  return { ...Object.fromEntries(known), needs };
}

describe("open recoveries in the fleet", () => {
  it("are known of both branches from the notes alone, and need a person", async () => {
    const s = stale();
    await s.recover();
    const needs = [["recovery", "continue-recovery"]];
    assert.deepEqual(await standing(s), {
      feature: "there conflict 2/2",
      "feature-2": "here conflict 2/2",
      needs,
    });
    const { worktrees } = cliJson<{ worktrees: { branch: string; recovery: object | null }[] }>(
      "list",
      s.dir,
      "list",
    );
    assert.deepEqual(worktrees.find(({ branch }) => branch === "feature-2")?.recovery, {
      branch: "feature",
      newBranch: "feature-2",
      state: "conflict",
      at: 2,
      of: 2,
      paths: ["app.ts"],
      here: true,
    });
    s.fresh.write({ "app.ts": "settled\n" });
    s.fresh.git("add", "app.ts");
    assert.deepEqual(await standing(s), {
      feature: "there conflict 2/2",
      "feature-2": "here settled 2/2",
      needs,
    });
    // Whoever removes the new worktree by hand still finds the way to the end of it.
    s.h.repo.git("worktree", "remove", "--force", s.fresh.dir);
    assert.deepEqual(await standing(s), { feature: "here stopped 2/2", needs });
    await s.goOn("abort");
    assert.deepEqual(await standing(s), { needs: [] });
  });
});
