import assert from "node:assert/strict";
import type { CheckDocument } from "../../src/model/check";
import type { LossDecision } from "../../src/model/decision";
import { cli, cliJson } from "../kit/cli";
import { Story } from "../losses/story";

function wiped(): Story {
  const story = new Story();
  story.switch("agent-b", "main").landReceipts();
  return story.switch("agent-b").ownWork().softReset();
}

describe("agent-foreman meant", () => {
  it("settles what check asks about, by the id that check prints, and takes it back", () => {
    const { dir } = wiped().repo;
    const { losses } = cliJson<CheckDocument>("check", dir, "check", "--base", "main");
    const printed = [...cli(dir, "check", "--base", "main").stdout.matchAll(/^LOST .* \[([0-9a-f]{8})\]$/gm)];
    assert.deepEqual(
      printed.map(([, id]) => id),
      losses.map(({ id }) => id.slice(0, 8)),
    );
    const [first = "", ...others] = printed.map(([, id]) => id ?? "");
    const reason = ["--base", "main", "--reason", "replaced"];
    const noted = cliJson<LossDecision>("meant", dir, "meant", first, ...reason);
    assert.deepEqual(
      [noted.deletionId, noted.branch, noted.decision, noted.reason],
      [losses[0]?.id, "agent-b", "meant", "replaced"],
    );
    for (const id of others) assert.equal(cli(dir, "meant", id, ...reason).exitCode, 0);
    const settled = cli(dir, "check", "--base", "main");
    assert.equal(settled.exitCode, 0);
    assert.match(settled.stdout, /^3 deletions meant: /m);
    const undone = cli(dir, "meant", first, "--undo", "--base", "main");
    assert.equal(undone.stdout, `${first} is open again on agent-b\n`);
    assert.equal(cli(dir, "check", "--base", "main").exitCode, 1);
  });

  it("knows losses that are on disk only, and those of a branch that is named", () => {
    const story = new Story();
    story.landReceipts().switch("agent-b", "main");
    story.repo.write({ "src/shop.ts": story.git("show", "main~1:src/shop.ts") });
    const { dir } = story.repo;
    const ask = () => cliJson<CheckDocument>("check", dir, "check", "--base", "main", "--worktree");
    const [loss] = ask().losses;
    assert.ok(loss);
    assert.equal(cli(dir, "meant", loss.id, "--base", "main", "--reason", "r").exitCode, 0);
    assert.equal(ask().losses.length, 0);
    story.commit("feat: old");
    story.switch("main");
    const named = ["--base", "main", "--head", "agent-b"];
    assert.equal(cli(dir, "check", ...named).exitCode, 0);
    assert.equal(cli(dir, "meant", loss.id, ...named, "--undo").exitCode, 0);
    assert.equal(cli(dir, "check", ...named).exitCode, 1);
  });

  it("refuses what it cannot note, and says why", () => {
    const { dir } = wiped().repo;
    const [loss] = cliJson<CheckDocument>("check", dir, "check", "--base", "main").losses;
    const code = (...args: string[]) => {
      const { exitCode, stdout } = cli(dir, "meant", ...args, "--base", "main", "--format", "json");
      return [exitCode, JSON.parse(stdout).error.code];
    };
    const id = loss?.id ?? "";
    assert.deepEqual(code(id), [2, "reason-missing"]);
    assert.deepEqual(code("0000", "--reason", "r"), [2, "unknown-deletion"]);
    assert.deepEqual(code(id.slice(0, 3), "--reason", "r"), [2, "unknown-deletion"]);
    assert.deepEqual(code(id, "--undo"), [2, "unknown-deletion"]);
    assert.deepEqual(code(id, "--reason", "r", "--head", "nowhere"), [2, "unknown-ref"]);
    assert.deepEqual(code(id, "--reason", "r", "--method", "fast"), [2, "bad-arguments"]);
  });

  it("shows control characters of a reason instead of obeying them", () => {
    const { dir } = wiped().repo;
    const [loss] = cliJson<CheckDocument>("check", dir, "check", "--base", "main").losses;
    const { stdout } = cli(dir, "meant", loss?.id ?? "", "--base", "main", "--reason", "a\u001b[2Jb");
    assert.match(stdout, /is meant on agent-b: a\\u001b\[2Jb$/m);
  });
});
