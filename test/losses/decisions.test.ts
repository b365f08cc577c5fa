import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { Fleet } from "../../src/fleet";
import { openRepo, type Repo } from "../../src/git/repo";
import { checkCached, checkUndecided } from "../../src/losses/cached";
import { decide } from "../../src/losses/decide";
import { applyDecisions, readDecisions } from "../../src/losses/decisions";
import type { CheckDocument } from "../../src/model/check";
import type { LossDecision } from "../../src/model/decision";
import { Story, wiredShop } from "./story";

/** agent-b wipes the receipts that landed as #12 while it kept an old tree. */
function wiped(): Story {
  const story = new Story();
  story.switch("agent-b", "main").landReceipts();
  return story.switch("agent-b").ownWork().softReset();
}

async function open(story: Story): Promise<Repo> {
  story.git("config", "user.name", "Mara");
  const repo = await openRepo(story.repo.dir);
  assert.ok(repo.ok);
  return repo.value;
}

async function check(repo: Repo, ask: typeof checkCached = checkCached): Promise<CheckDocument> {
  const found = await ask(repo, { base: "main", head: "agent-b" });
  assert.ok(found.ok);
  return found.value;
}

function ids({ losses }: CheckDocument): Record<string, string> {
  return Object.fromEntries(losses.map(({ path: name, id }) => [name, id]));
}

describe("losses: the id of a deletion", () => {
  it("stays when the target moves on, lines move, and the branch gets another commit", async () => {
    const story = wiped();
    const repo = await open(story);
    const before = ids(await check(repo));
    assert.equal(new Set(Object.values(before)).size, 3);
    story
      .switch("main")
      .as("owner")
      .commit("docs: more (#13)", {
        "src/receipt.ts": `// What this is for.\n// Two more lines.\n${story.read("src/receipt.ts")}`,
        "readme.md": "# Shop\n",
      });
    story.switch("agent-b").as("agent-b").commit("feat: else", { "src/else.ts": "export {};\n" });
    const { "src/receipt.ts": moved, ...after } = ids(await check(repo));
    assert.deepEqual({ ...after, "src/receipt.ts": before["src/receipt.ts"] }, before);
    // In conflict now, or with lines of #13 that would go too: another deletion, to be decided anew.
    assert.notEqual(moved, before["src/receipt.ts"]);
  });

  it("is another one where more lines would go", async () => {
    const story = new Story();
    story.landReceipts().switch("agent-b", "main").as("agent-b");
    const partly = wiredShop.replace("    writeReceipt(receipt, cents);\n    note(receipt);\n", "");
    story.commit("feat: less", { "src/shop.ts": partly });
    const repo = await open(story);
    const listed = ({ losses, questions, intended }: CheckDocument) =>
      [...losses, ...questions, ...intended].find((each) => each.path === "src/shop.ts");
    const first = listed(await check(repo));
    story.git("checkout", "-q", "main~1", "--", "src/shop.ts");
    story.commit("feat: nothing");
    const second = listed(await check(repo));
    assert.ok(first && second);
    assert.notEqual(first.id, second.id);
  });
});

describe("losses: what a person calls meant", () => {
  it("is no loss any more, until it is taken back", async () => {
    const story = wiped();
    const repo = await open(story);
    const before = await check(repo);
    assert.equal(before.verdict, "lossy");
    const say = async (decision: LossDecision["decision"], reason: string | null) => {
      for (const { id } of before.losses) {
        const noted = await decide(repo, {
          deletionId: id,
          branch: "agent-b",
          headOid: before.head.oid,
          decision,
          reason,
        });
        assert.ok(noted.ok);
      }
    };
    await say("meant", " superseded by #14 ");
    const after = await check(repo);
    assert.deepEqual([after.verdict, after.losses.length, after.intended.length], ["clean", 0, 3]);
    const [first] = after.intended;
    assert.deepEqual(
      [first?.why, first?.confidence, first?.evidence[0]],
      [
        "superseded by #14",
        "certain",
        { code: "declared", detail: "Mara says it is meant: superseded by #14" },
      ],
    );
    assert.deepEqual(await check(repo, checkUndecided), before);
    await say("reopen", null);
    assert.deepEqual(await check(repo), before);
  });

  it("holds for its branch only, and on a detached head for that commit only", async () => {
    const story = wiped();
    const document = await check(await open(story));
    const [loss] = document.losses;
    assert.ok(loss);
    const said = (branch: string | null, headOid = document.head.oid): LossDecision => ({
      deletionId: loss.id,
      branch,
      headOid,
      decision: "meant",
      reason: "r",
      by: "Ann",
      at: "2026-11-22T12:00:00Z",
    });
    const left = (decision: LossDecision, branch: string | null) =>
      applyDecisions(document, [decision], branch).losses.length;
    assert.equal(left(said("agent-b"), "agent-b"), 2);
    assert.equal(left(said("agent-b"), "agent-c"), 3);
    assert.equal(left(said("agent-b"), null), 3);
    assert.equal(left(said(null), null), 2);
    assert.equal(left(said(null, "0".repeat(40)), null), 3);
    assert.equal(applyDecisions(document, [said("agent-c")], "agent-b"), document);
  });

  it("stays through amends and rebases, and does not pass to a later branch of the same name", async () => {
    const story = wiped();
    const repo = await open(story);
    const { head, losses } = await check(repo);
    for (const { id } of losses) {
      const saying = { deletionId: id, branch: "agent-b", headOid: head.oid };
      assert.ok((await decide(repo, { ...saying, decision: "meant", reason: "moved" })).ok);
    }
    story.git("commit", "-q", "--amend", "-m", "feat: other words");
    assert.equal((await check(repo)).losses.length, 0);
    const tip = story.git("rev-parse", "agent-b");

    story.switch("main").git("branch", "-q", "-D", "agent-b");
    story.git("branch", "-q", "agent-b", "main");
    story.switch("agent-b").git("checkout", "-q", tip, "--", ".");
    story.git("rm", "-q", "src/receipt.ts", "src/receipt.test.ts");
    story.commit("feat: another task");
    const later = await check(repo);
    assert.deepEqual(ids(later), Object.fromEntries(losses.map(({ path: name, id }) => [name, id])));

    // The branch itself, brought back where it was, is what was decided on.
    story.switch("main").git("branch", "-q", "-f", "agent-b", head.oid);
    assert.equal((await check(repo)).losses.length, 0);
  });

  it("needs a reason, and not a book", async () => {
    const repo = await open(wiped());
    const saying = { deletionId: "0".repeat(16), branch: "b", headOid: "0".repeat(40) };
    const code = async (reason: string | null) => {
      const noted = await decide(repo, { ...saying, decision: "meant", reason });
      return noted.ok ? "noted" : noted.refusal.code;
    };
    assert.deepEqual(
      [await code(null), await code("  "), await code("x".repeat(1001))],
      ["reason-missing", "reason-missing", "reason-too-long"],
    );
    assert.deepEqual(await readDecisions(repo.commonDir), []);
  });

  it("is read past torn, foreign and hostile lines, which stay where they are", async () => {
    const repo = await open(wiped());
    const before = await check(repo);
    const [loss] = before.losses;
    assert.ok(loss);
    const file = path.join(repo.commonDir, "agent-foreman", "decisions.jsonl");
    const good = { deletionId: loss.id, branch: "agent-b", headOid: before.head.oid };
    assert.ok((await decide(repo, { ...good, decision: "meant", reason: "first" })).ok);
    const line = JSON.parse(readFileSync(file, "utf8"));
    const bad = [
      { ...line, decision: "overrule" },
      { ...line, deletionId: "../../etc" },
      { ...line, reason: "x".repeat(2_000), decision: "reopen" },
      { ...line, branch: 7, decision: "reopen" },
      [],
      null,
    ];
    appendFileSync(file, `${bad.map((each) => JSON.stringify(each)).join("\n")}\n{"deletionId":"torn`);
    assert.equal((await check(repo)).losses.length, 2);
    assert.ok((await decide(repo, { ...good, decision: "reopen", reason: null })).ok);
    assert.equal((await check(repo)).losses.length, 3);
    assert.equal(readFileSync(file, "utf8").split("\n").length, 10);
  });

  it("is known to the fleet as soon as it looks at the repo again, and tells only that worktree", async () => {
    const story = new Story();
    story.git("branch", "agent-b");
    story.landReceipts().git("worktree", "add", "-q", "../desk", "agent-b");
    story.git("worktree", "add", "-q", "-b", "agent-c", "../other", "main");
    const desk = story.repo.at("../desk");
    desk.env = story.repo.env;
    desk.git("reset", "-q", "--soft", "main");
    desk.git("commit", "-q", "-m", "feat: old");
    const repo = await open(story);
    const fleet = new Fleet(repo);
    const found = () => fleet.snapshot.worktrees.find(({ branch }) => branch === "agent-b");
    await fleet.refresh();
    await fleet.check();
    const before = found()?.check;
    assert.equal(before?.verdict, "lossy");
    const told: (readonly string[])[] = [];
    fleet.onChange(({ changed }) => changed.length > 0 && told.push(changed));
    const say = async (decision: LossDecision["decision"]) => {
      for (const { id } of before.losses)
        await decide(repo, {
          deletionId: id,
          branch: "agent-b",
          headOid: before.head.oid,
          decision,
          reason: "old",
        });
      await fleet.refresh({ refs: true });
    };
    await say("meant");
    assert.deepEqual([found()?.check?.verdict, found()?.check?.losses], ["clean", []]);
    await say("reopen");
    assert.equal(found()?.check, before);
    assert.deepEqual(told, [[desk.dir], [desk.dir]]);
    fleet.dispose();
  });
});
