import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { type Fleet, openFleet } from "../../src/fleet/index";
import { noNotes, readNeedNotes } from "../../src/fleet/needNotes";
import { type Need, needActions, needReasons, needsYou } from "../../src/fleet/needsYou";
import type { Deletion } from "../../src/model/check";
import type { Overlap } from "../../src/model/overlap";
import type { PullFact, PullRequest } from "../../src/model/pull";
import type { Worktree } from "../../src/model/worktree";
import { notesDir } from "../../src/store/home";
import { cli, cliJson } from "../kit/cli";
import { pullRequest } from "../kit/pull";
import { TestRepo } from "../kit/repo";
import { worktree } from "../ui/tree/kit";

const limit = { commits: 20 };
const lossy = {
  losses: [{ id: "d-1", evidence: [], removedBy: null } as unknown as Deletion],
} as unknown as Worktree["check"];
const open = { state: "open", own: 1 } as const;
const failed = { state: "failed", total: 1, failed: ["test"], runs: [] } as const;

function fact(more: Partial<PullRequest>, outlived = false): PullFact {
  return { pull: pullRequest(more), asOf: null, outlived };
}

function told(
  worktrees: readonly Worktree[],
  pulls: Parameters<typeof needsYou>[0]["pulls"] = [],
  notes = noNotes,
) {
  return needsYou({ worktrees, pulls, notes }, limit);
}

describe("what needs you", () => {
  it("is the same decision in whatever order GitHub names the checks", () => {
    const state = (...names: string[]) =>
      told([worktree({ pull: fact({ checks: { ...failed, failed: names } }) })])[0]?.state;
    assert.equal(state("test", "lint"), state("lint", "test"));
    assert.notEqual(state("test"), state("lint", "test"));
  });

  it("has in its schema every reason and every action", () => {
    const schema = JSON.parse(
      readFileSync(path.join(__dirname, "../../media/schemas/list.schema.json"), "utf8"),
    );
    const { reasons, action } = schema.properties.needsYou.items.properties;
    assert.deepEqual([...reasons.items.enum].sort(), [...needReasons].sort());
    const known = new Set(["open-pull-request", ...Object.values(needActions)]);
    assert.deepEqual([...action.enum].sort(), [...known].sort());
  });

  it("is one decision which of two that conflict lands first, and stands where there is something to decide anyway", () => {
    const meets = (...others: string[]) =>
      others.map((other): Overlap => ({ with: other, kind: "conflict", tried: true, files: [], more: 0 }));
    const shown = (...worktrees: Worktree[]) =>
      told(worktrees, [
        { pull: pullRequest({ number: 7 }), asOf: null, check: null, done: null, overlaps: meets("/c") },
      ]).map(({ key, reasons, action }) => [key, reasons.join(), action]);
    const one = worktree({ path: "/a", overlaps: meets("/b", "/gone") });
    const two = worktree({ path: "/b", overlaps: meets("/a") });
    const three = worktree({ path: "/c", overlaps: meets("#7") });
    assert.deepEqual(shown(one, two, three), [
      ["/a", "overlap", "compare"],
      ["/c", "overlap", "compare"],
    ]);
    const lossyTwo = worktree({ path: "/b", overlaps: meets("/a"), check: lossy, remoteAhead: 1 });
    assert.deepEqual(shown(one, lossyTwo, worktree({ path: "/c" })), [
      ["/b", "losses,overlap,remote-ahead", "restore-losses"],
    ]);
  });

  it("is one list, worst first, each with its reasons and the one best thing to do", () => {
    const needs = told(
      [
        worktree({ path: "/stale", behind: 20, ahead: 1, landed: open }),
        worktree({
          path: "/calm",
          pull: fact({ checks: { ...failed, state: "passed" }, review: "approved" }),
        }),
        worktree({ path: "/red", pull: fact({ number: 3, checks: failed, mergeable: "conflict" }) }),
        worktree({ path: "/lossy", check: lossy, remoteAhead: 2 }),
        worktree({ path: "/late", pull: fact({ number: 4, state: "merged" }, true), landed: open }),
        worktree({
          path: "/landed",
          pull: fact({ number: 5, state: "merged" }, true),
          landed: { state: "landed", how: "squash", as: [] },
        }),
        worktree({ path: "/draft", pull: fact({ number: 6, draft: true, checks: failed }) }),
        worktree({ path: "/unknown", dirt: null, ahead: null, behind: null, landed: null }),
      ],
      [
        {
          pull: pullRequest({ number: 7, review: "changes-requested" }),
          asOf: null,
          check: null,
          done: null,
          overlaps: null,
        },
        { pull: pullRequest({ number: 8 }), asOf: null, check: lossy, done: null, overlaps: null },
        { pull: pullRequest({ number: 9 }), asOf: null, check: null, done: null, overlaps: null },
      ],
    );
    assert.deepEqual(
      needs.map((need) => [need.key, need.pull, need.reasons.join(), need.action]),
      [
        ["/lossy", null, "losses,remote-ahead", "restore-losses"],
        ["#8", 8, "losses", "restore-losses"],
        ["/late", 4, "merged-already", "recover"],
        ["/red", 3, "checks-failed,pull-conflict", "see-checks"],
        ["#7", 7, "changes-requested", "see-review"],
        ["/stale", null, "stale-base", "merge-target"],
      ],
    );
  });

  it("stays muted until there is more to decide, not because there is less", () => {
    const red = worktree({ path: "/red", pull: fact({ checks: failed }) });
    const [need] = told([red]);
    assert.ok(need && !need.muted);
    const notes = { ...noNotes, muted: new Map([["/red", need.state]]) };
    const muted = (each: Worktree) => told([each], [], notes)[0]?.muted;
    assert.equal(muted(red), true);
    assert.equal(muted({ ...red, behind: 3 }), true);
    assert.equal(muted({ ...red, pull: fact({ checks: failed, head: "3".repeat(40) }) }), false);
    assert.equal(muted({ ...red, check: lossy }), false);
    const both = worktree({ path: "/red", pull: fact({ checks: { ...failed, failed: ["lint", "test"] } }) });
    const [more] = told([{ ...both, check: lossy }]);
    notes.muted.set("/red", more?.state ?? "");
    for (const less of [both, red, { ...red, check: lossy }]) assert.equal(muted(less), true);
    const other = fact({ checks: { ...failed, failed: ["build"] } });
    assert.equal(muted({ ...red, pull: other }), false);
  });

  it("is noted in the repo: for other windows, after a restart, and in the command line's document", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.git("worktree", "add", "-q", "-b", "gone", "../gone", "main");
    repo.git("-c", "alias.x=!rm -rf ../gone", "x");
    const opened = async (): Promise<Fleet> => {
      const fleet = await openFleet(repo.dir);
      assert.ok(fleet.ok);
      await fleet.value.refresh();
      return fleet.value;
    };
    const fleet = await opened();
    const needs = () => needsYou(fleet.snapshot, limit);
    assert.deepEqual(
      needs().map(({ reasons, muted }) => [reasons, muted]),
      [[["missing"], false]],
    );
    await fleet.note("muted", needs());
    assert.deepEqual(
      needs().map(({ muted }) => muted),
      [true],
    );
    const other = await opened();
    assert.deepEqual(needsYou(other.snapshot, limit), needs());
    const document = cliJson<{ needsYou: object[] }>("list", repo.dir, "list");
    assert.deepEqual(document.needsYou, needs());
    await other.note("unmuted", needs());
    await fleet.refresh({ refs: true });
    assert.deepEqual(
      needs().map(({ muted }) => muted),
      [false],
    );
    await fleet.note("told", needs());
    assert.equal(fleet.snapshot.notes.told.get(needs()[0]?.key ?? ""), needs()[0]?.state);
    fleet.dispose();
    other.dispose();
  });
});

describe("what a person is told of needs", () => {
  /** A repo with a worktree whose folder is gone, in two windows. */
  async function twoWindows(): Promise<[Fleet, Fleet]> {
    const { repo } = TestRepo.withOrigin();
    repo.git("worktree", "add", "-q", "-b", "csv", "../csv", "main");
    rmSync(repo.at("../csv").dir, { recursive: true });
    const [one, other] = await Promise.all([openFleet(repo.dir), openFleet(repo.dir)]);
    assert.ok(one.ok && other.ok);
    return [one.value, other.value];
  }

  it("is told by one window of two that are about to, and by none before all is known", async () => {
    const [one, other] = await twoWindows();
    const early: Promise<Need[]>[] = [];
    one.onChange(({ snapshot }) => {
      if (!snapshot.complete) early.push(one.news(limit));
    });
    await Promise.all([one.refresh(), other.refresh()]);
    assert.ok(early.length > 0);
    assert.deepEqual((await Promise.all(early)).flat(), []);
    const news = await Promise.all([one.news(limit), other.news(limit)]);
    assert.deepEqual(
      news.flat().map(({ reasons }) => reasons),
      [["missing"]],
    );
    for (const fleet of [one, other]) fleet.dispose();
  });

  it("is told again where there is more, not where some of it is settled or not known yet", async () => {
    const [one, other] = await twoWindows();
    const tell = (state: string) => one.note("told", [{ key: "/desk", state }]);
    const counts: number[] = [];
    for (const state of ["a b", "b", "b a", "a c", "a"]) counts.push((await tell(state)).length);
    assert.deepEqual(counts, [1, 0, 0, 1, 0]);
    for (const fleet of [one, other]) fleet.dispose();
  });

  it("is said where it cannot be read, and nothing else fails for it", async () => {
    const [one, other] = await twoWindows();
    await one.refresh();
    await one.note("muted", needsYou(one.snapshot, limit));
    const file = path.join(notesDir(one.repo.commonDir), "needs-you.jsonl");
    rmSync(file);
    mkdirSync(file);
    for (const fleet of [one, other]) {
      await fleet.refresh();
      assert.equal(fleet.snapshot.problem, null);
      assert.match(fleet.snapshot.notes.fault ?? "", /EISDIR/);
      assert.equal(fleet.snapshot.worktrees.length, 2);
    }
    const muted = (fleet: Fleet) => needsYou(fleet.snapshot, limit).map((need) => need.muted);
    assert.deepEqual([muted(one), muted(other)], [[true], [false]], "what was known of them stays");
    const listed = cli(one.repo.dir, "list");
    assert.equal(listed.exitCode, 0);
    assert.match(listed.stderr, /^What was muted could not be read: /);
    rmSync(file, { recursive: true });
    await one.refresh();
    assert.equal(one.snapshot.notes.fault, null);
    for (const fleet of [one, other]) fleet.dispose();
  });

  it("is kept in a file that does not grow for ever, with the last word on each", async () => {
    const [one, other] = await twoWindows();
    const { commonDir } = one.repo;
    await one.note("muted", [{ key: "/muted", state: "m" }]);
    await one.note("muted", [{ key: "/heard", state: "h" }]);
    await one.note("unmuted", [{ key: "/heard", state: "h" }]);
    const many = (round: number) =>
      Array.from({ length: 400 }, (_, i) => ({
        key: `/work/${i % 100}`,
        state: `${round} ${i} ${"x".repeat(80)}`,
      }));
    for (let round = 0; round < 20; round++) await one.note("told", many(round));
    const { told: last, muted } = await readNeedNotes(commonDir);
    assert.deepEqual(
      [[...muted], last.size, last.get("/work/99")?.slice(0, 6)],
      [[["/muted", "m"]], 100, "19 399"],
    );
    assert.ok(statSync(path.join(notesDir(commonDir), "needs-you.jsonl")).size < 300_000);
    for (const fleet of [one, other]) fleet.dispose();
  });
});
