import assert from "node:assert/strict";
import { History, numbered } from "./history";

const csv = { "csv.ts": numbered("csv", 12), "csv.test.ts": numbered("test", 4) };
const python = (...body: string[]): Record<string, string> => ({ "f.py": `def f(x):\n${body.join("\n")}\n` });

describe("landing: what did not come in, or is gone again", () => {
  it("a branch that nobody landed, and one whose target went on", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    assert.equal(await h.verdict(), "open, 1");
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    assert.equal(await h.verdict(), "open, 1");
  });

  it("the half of a commit", async () => {
    const h = new History();
    h.on("feature", "feat: csv and math", { ...csv, "math.ts": `${h.text("main:math.ts")}// more\n` });
    h.repo.git("checkout", "-q", "main");
    h.repo.git("checkout", "-q", "feature", "--", "csv.ts", "csv.test.ts");
    h.on("main", "feat: CSV (#12)");
    assert.equal(await h.verdict(), "open, 1");
    assert.deepEqual(await h.plan(), ["open: feat: csv and math"]);
  });

  it("the second of two commits", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.edit("feature", "feat: usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.on("main", "chore: other", { "other.ts": "other\n" });
    h.pick("feature~1");
    assert.equal(await h.verdict(), "open, 1");
    assert.deepEqual(await h.plan(), ["landed: feat: csv 1 → feat: csv 1", "open: feat: usage"]);
  });

  it("a squash that the target reverted, until it is landed again", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    const landing = h.squash("feature", "feat: CSV (#12)");
    const revert = h.revert(landing);
    assert.equal(await h.verdict(), "open, 1");
    assert.deepEqual(await h.plan(), ["reverted: feat: csv 1 → feat: CSV (#12)"]);
    h.revert(revert);
    assert.equal(await h.verdict(), "landed by squash as feat: CSV (#12)");
  });

  it("a squash that was reverted without saying so, while other work went on", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.edit("feature", "feat: usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.squash("feature", "feat: CSV (#12)");
    h.edit("main", "chore: app", "app.ts", "app(0)", "app(100)");
    h.on("main", "chore: tidy up", {
      "csv.ts": null,
      "csv.test.ts": null,
      "app.ts": h.text("main:app.ts").replace("usage: app [--csv]", "usage: app"),
      "other.ts": numbered("other", 3),
    });
    assert.equal(await h.verdict(), "open, 2");
  });

  it("one commit of a squash that was taken back", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.edit("feature", "feat: usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.squash("feature", "feat: CSV (#12)");
    h.edit("main", "fix: usage as it was", "app.ts", "usage: app [--csv]", "usage: app");
    assert.equal(await h.verdict(), "open, 1");
    assert.deepEqual(await h.plan(), [
      "landed: feat: csv 1 → feat: CSV (#12)",
      "reverted: feat: usage → feat: CSV (#12)",
    ]);
  });

  it("a merge that the target reverted", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.on("feature", "feat: csv 2", { "more.ts": "more\n" });
    h.on("main", "chore: other", { "other.ts": "other\n" });
    h.revert(h.merge("feature", "Merge branch 'feature'"), "-m", "1");
    assert.equal(await h.verdict(), "open, 2");
  });

  it("a merge that took the history and none of the work", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.repo.git("checkout", "-q", "main");
    h.repo.git("merge", "-q", "-s", "ours", "-m", "Merge branch 'feature'", "feature");
    assert.equal(await h.verdict(), "open, 1");
  });

  it("a revert that says so, though the content was edited with it", async () => {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    const landing = h.squash("feature", "feat: CSV (#12)");
    h.on("main", `back\n\nThis reverts commit ${landing}.`, { "csv.ts": "// gone\n", "csv.test.ts": null });
    assert.equal(await h.verdict(), "open, 1");
  });

  it("a branch's own revert of what came in, though nothing is left of the two together", async () => {
    const h = new History();
    h.edit("feature", "feat: usage and csv", "app.ts", "usage: app", "usage: app [--csv]");
    h.on("feature", "feat: csv", csv);
    h.squash("feature", "feat: CSV (#12)");
    h.edit("feature", "fix: usage as it was", "app.ts", "usage: app [--csv]", "usage: app");
    assert.equal(await h.verdict(), "open, 1");
    assert.deepEqual((await h.plan()).at(-1), "open: fix: usage as it was");
  });

  it("a branch that takes back what came in by half, and whose whole change was then made by hand", async () => {
    const h = new History();
    h.on("feature", "feat: usage and more", {
      "app.ts": h.text("main:app.ts").replace("usage: app", "usage: app [--csv]"),
      "more.ts": numbered("more", 4),
    });
    h.edit("main", "feat: usage alone", "app.ts", "usage: app", "usage: app [--csv]");
    h.on("feature", "feat: csv instead", { ...csv, "app.ts": h.text("main~1:app.ts"), "more.ts": null });
    h.on("main", "feat: csv by hand", csv);
    assert.equal(await h.verdict(), "open, 2");
  });

  it("what takes lines away that only the branch ever had", async () => {
    const h = new History();
    h.edit("feature", "fix: no log2", "log.ts", "export const log2 = log(2);\n", "");
    h.squash("feature", "fix: no log2 (#12)");
    h.edit(
      "feature",
      "feat: try",
      "log.ts",
      "export const log3",
      "export const other = 1;\nexport const log3",
    );
    h.edit("feature", "fix: no try", "log.ts", "export const other = 1;\n", "");
    assert.deepEqual(await h.plan(), [
      "landed: fix: no log2 → fix: no log2 (#12)",
      "open: feat: try",
      "open: fix: no try",
    ]);
  });

  it("work and its own revert, which nobody landed", async () => {
    const h = new History();
    h.edit("feature", "feat: try", "app.ts", "usage: app", "usage: app [--csv]");
    h.repo.git("revert", "--no-edit", "HEAD");
    h.edit("main", "chore: app", "app.ts", "app(0)", "app(100)");
    assert.equal(await h.verdict(), "open, 2");
    assert.deepEqual(await h.plan(), ["open: feat: try", 'open: Revert "feat: try"']);
  });

  it("what landed and was reverted before the branch did it again on top of that", async () => {
    const h = new History();
    h.on("feature", "feat: mine", { "mine.ts": "mine\n" });
    h.revert(h.on("main", "feat: csv", csv));
    h.merge("main", "Merge branch 'main' into feature", "feature");
    h.on("feature", "feat: csv again", csv);
    h.on("main", "chore: other", { "other.ts": "other\n" });
    assert.deepEqual(await h.plan(), ["open: feat: mine", "open: feat: csv again"]);
  });

  it("a teammate's commit on the same branch", async () => {
    const h = new History();
    h.on("feature", "feat: theirs", csv);
    h.on("feature", "feat: mine", { "mine.ts": "mine\n" });
    h.pick("feature");
    assert.equal(await h.verdict(), "open, 1");
    assert.deepEqual(await h.plan(), ["open: feat: theirs", "landed: feat: mine → feat: mine"]);
  });

  it("a change that conflicts with what the target gained", async () => {
    const h = new History();
    h.edit("feature", "feat: quiet", "app.ts", "usage: app", "usage: app [--quiet]");
    h.edit("main", "feat: csv", "app.ts", "usage: app", "usage: app [--csv]");
    assert.equal(await h.verdict(), "open, 1");
  });

  it("the same text at another indentation", async () => {
    const h = new History();
    h.on("main", "chore: py", python("    if x:", "        a()", "    z()"));
    h.repo.git("branch", "-f", "feature", "main");
    h.on("feature", "fix: b inside if", python("    if x:", "        a()", "        b()", "    z()"));
    h.on("main", "fix: b always", python("    if x:", "        a()", "    b()", "    z()"));
    assert.equal(await h.verdict(), "open, 1");
  });

  for (const lines of [1, 6]) {
    it(`the same ${lines} lines in another place, with a conflict later too`, async () => {
      const block = (name: string): string => `function ${name}() {\n  one();\n  two();\n  three();\n}\n\n`;
      const all = ["a", "b", "c", "d"].map(block);
      const guard = numbered("guard", lines);
      const with_ = (at: number): string => all.map((text, i) => text + (i === at ? guard : "")).join("");
      const h = new History();
      h.on("main", "chore: blocks", { "blocks.ts": all.join("") });
      h.repo.git("branch", "-f", "feature", "main");
      h.on("feature", "fix: guard after b", { "blocks.ts": with_(1) });
      h.on("main", "fix: guard after c", { "blocks.ts": with_(2) });
      assert.equal(await h.verdict(), "open, 1");
      h.on("main", "chore: rewrite", { "blocks.ts": with_(2).replace("function b()", "function bee()") });
      assert.equal(await h.verdict(), "open, 1");
    });
  }

  it("a merge driver or attribute that keeps ours does not make it landed", async () => {
    const h = new History();
    h.repo.git("config", "merge.ours.driver", "true");
    h.repo.write({ ".git/info/attributes": "*.ts merge=ours\n" });
    h.on("main", "chore: attributes", { ".gitattributes": "*.ts merge=ours\n" });
    h.repo.git("branch", "-f", "feature", "main");
    h.edit("feature", "feat: usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.edit("main", "chore: rename", "app.ts", "usage: app", "usage: calc");
    assert.equal(await h.verdict(), "open, 1");
  });
});

describe("landing: branches with nothing of their own", () => {
  it("are empty, however far the target went on", async () => {
    const h = new History();
    assert.equal(await h.verdict(), "empty");
    h.on("main", "feat: csv", csv);
    h.on("main", "feat: more", { "more.ts": "more\n" });
    assert.equal(await h.verdict(), "empty");
    assert.deepEqual(await h.plan(), []);
  });

  it("are empty where their recorded start was merged in meanwhile", async () => {
    const h = new History();
    h.on("feature", "feat: csv", csv);
    h.repo.git("branch", "stacked", "feature");
    h.merge("feature", "Merge branch 'feature'");
    const head = h.oid("stacked");
    assert.equal(await h.verdict("stacked", { bases: new Map([[head, head]]) }), "empty");
    assert.equal(
      await h.verdict("stacked", { bases: new Map([[head, h.oid("main~1")]]) }),
      "landed by ancestor as Merge branch 'feature'",
    );
  });

  it("are empty where a pull merged the main line into the target's line", async () => {
    const h = new History();
    h.on("main", "chore: one", { "one.ts": "one\n" });
    h.on("main", "chore: two", { "two.ts": "two\n" });
    h.repo.git("branch", "-f", "feature", "main~1");
    h.repo.git("branch", "other", "main~2");
    h.on("other", "chore: local", { "local.ts": "local\n" });
    h.merge("main", "Merge branch 'main' of example.com:app", "other");
    h.repo.git("branch", "-f", "main", "other");
    assert.equal(await h.verdict(), "empty");
  });

  it("are empty when they only merged the target", async () => {
    const h = new History();
    h.on("main", "feat: csv", csv);
    h.merge("main", "Merge branch 'main' into feature", "feature");
    h.on("main", "feat: more", { "more.ts": "more\n" });
    assert.equal(await h.verdict(), "empty");
  });
});

describe("landing: what cannot be told", () => {
  it("a branch that has nothing in common with the target", async () => {
    const h = new History();
    h.repo.git("checkout", "-q", "--orphan", "alone");
    h.repo.commit("feat: alone", { "alone.ts": "alone\n" });
    assert.match(await h.verdict("alone"), /^unknown: /);
  });
});

describe("landing: a target that was forwarded to a branch", () => {
  function forwarded(): History {
    const h = new History();
    h.on("feature", "feat: csv 1", csv);
    h.on("feature", "feat: csv 2", { "more.ts": "more\n" });
    h.repo.git("checkout", "-q", "main");
    h.repo.git("merge", "-q", "--ff-only", "feature");
    h.repo.git("branch", "fresh", "main");
    return h;
  }
  const ask = (h: History, branch: string): Promise<string> =>
    h.verdict(branch, { branches: new Map([[h.oid(branch), `refs/heads/${branch}`]]) });

  it("has its work, as its reflog tells, and not that of a branch made there", async () => {
    const h = forwarded();
    h.on("main", "chore: other", { "other.ts": "other\n" });
    assert.equal(await ask(h, "feature"), "landed by ancestor as feat: csv 2");
    assert.equal(await ask(h, "fresh"), "empty");
    assert.equal(await h.verdict("feature"), "empty");
  });

  it("has nothing of a branch that only followed it", async () => {
    const h = forwarded();
    h.on("main", "chore: other", { "other.ts": "other\n" });
    h.repo.git("checkout", "-q", "feature");
    h.repo.git("merge", "-q", "--ff-only", "main");
    assert.equal(await ask(h, "feature"), "empty");
  });

  it("does not have what it took back", async () => {
    const h = forwarded();
    h.revert("main~1");
    assert.equal(await ask(h, "feature"), "empty");
  });
});
