import assert from "node:assert/strict";
import { birthOf, parseReflog, parseShown, readReflog } from "../../src/git/reflog";
import { openRepo } from "../../src/git/repo";
import { TestRepo } from "../kit/repo";

const [a, b, c] = ["a", "b", "c"].map((digit) => digit.repeat(40));
const nothing = "0".repeat(40);

describe("git/reflog", () => {
  it("reads git's own log, up to where the ref of now was made, and passes over what is none", () => {
    const text = [
      `${nothing} ${c} Old > One <old@example.com> 1 +0000\tbranch: Created from main`,
      `${nothing} ${a} Ann <ann@example.com> 10 +0200\tbranch: Created from HEAD`,
      "garbage",
      `${a} ${b} \u00c4nn <> 20 -0330\tcommit: a\tb`,
      `${b} ${a} Ann <ann@example.com> 30 +0000`,
      `${a} ${b} Ann <ann@exam`,
    ].join("\n");
    assert.deepEqual(parseReflog(Buffer.from(text).toString("latin1")), [
      { to: a, from: b, at: 30, what: "" },
      { to: b, from: a, at: 20, what: "commit: a\tb" },
      { to: a, from: null, at: 10, what: "branch: Created from HEAD" },
    ]);
    assert.deepEqual(parseReflog(""), []);
  });

  it("reads what git shows where it keeps the log in another form", () => {
    const made = { to: a, from: null, at: 1790000000, what: "branch: Created from main" };
    const text = `${b}\0agent/@{1}/csv@{1790000900}\0commit: two\n${a}\0agent/@{1}/csv@{1790000000}\0branch: Created from main\n`;
    assert.deepEqual(parseShown(text), [{ to: b, from: a, at: 1790000900, what: "commit: two" }, made]);
    assert.equal(birthOf(parseShown(text)), `1790000000 ${a}`);
    assert.equal(birthOf(parseShown(text.split("\n")[0] ?? "")), null);
  });

  it("tells the same either way, and nothing of a ref that has none", async () => {
    const repo = TestRepo.init();
    repo.commit("one");
    repo.git("switch", "-q", "-c", "agent/csv");
    repo.commit("two");
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const moves = await readReflog(opened.value, "refs/heads/agent/csv");
    const shown = repo.git("reflog", "show", "--date=unix", "--format=%H%x00%gd%x00%gs", "agent/csv");
    assert.deepEqual(parseShown(shown), moves);
    assert.deepEqual(
      moves.map(({ what }) => what),
      ["commit: two", "branch: Created from HEAD"],
    );
    assert.deepEqual(await readReflog(opened.value, "refs/heads/none"), []);
  });
});
