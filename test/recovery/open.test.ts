import assert from "node:assert/strict";
import { planOnly } from "../../src/recovery/dryRun";
import { History, numbered } from "../landing/history";
import { Plan } from "./told";

describe("recovery: commits that did not land come along", () => {
  it("whoever wrote them", async () => {
    const h = new History();
    h.repo.env = { GIT_AUTHOR_NAME: "agent-a" };
    h.on("feature", "feat: csv by a", { "csv.ts": numbered("csv", 4) });
    h.repo.env = {};
    h.edit("feature", "feat: level", "log.ts", "log0", "level0");
    h.edit("main", "chore: log", "log.ts", "log5", "level5");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["pick feat: csv by a", "pick feat: level"]);
    assert.equal(plan.document.commits[0]?.author, "agent-a");
    assert.match(plan.text("log.ts"), /level0[\s\S]*level5/);
    assert.equal(plan.verdict, "planned, verified, clean");
  });

  it("also with a patch that the target has at another indentation", async () => {
    const h = new History();
    h.on("main", "chore: py", { "f.py": "def f(x):\n    if x:\n        a()\n    z()\n" });
    h.repo.git("branch", "-f", "feature", "main");
    h.on("feature", "fix: inside", { "f.py": "def f(x):\n    if x:\n        a()\n        b()\n    z()\n" });
    h.on("main", "fix: always (#12)", { "f.py": "def f(x):\n    if x:\n        a()\n    b()\n    z()\n" });
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["conflict fix: inside"]);
    assert.deepEqual(plan.changed, []);
    assert.equal(plan.verdict, "planned, verified, conflict in f.py, clean");
    assert.equal(h.repo.git("cherry", "main", "feature").slice(0, 1), "-");
  });

  it("also with a patch that the target has in another place, and a conflict later", async () => {
    const h = new History();
    const block = (mark: string) => `start\n  one\n  two\n${mark}  three\n  four\nend\n`;
    h.on("main", "chore: blocks", { "x.txt": `${block("")}${numbered("x", 9)}${block("")}` });
    h.repo.git("branch", "-f", "feature", "main");
    h.on("feature", "fix: the second", { "x.txt": `${block("")}${numbered("x", 9)}${block("  new\n")}` });
    h.on("main", "fix: the first (#12)", { "x.txt": `${block("  new\n")}${numbered("x", 9)}${block("")}` });
    assert.equal(h.repo.git("cherry", "main", "feature").slice(0, 1), "-");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["pick fix: the second"]);
    assert.deepEqual(plan.text("x.txt").match(/ {2}new/g)?.length, 2);
    assert.equal(plan.verdict, "planned, verified, clean");
    h.edit("main", "chore: end", "x.txt", "  four\nend\n", "  four\nThe end\n");
    h.on("feature", "fix: end", {
      "x.txt": `${block("").replace("end", "END")}${numbered("x", 9)}${block("  new\n")}`,
    });
    const later = await Plan.of(h);
    assert.deepEqual(later.fates, ["pick fix: the second", "conflict fix: end"]);
    assert.deepEqual(later.text("x.txt").match(/ {2}new/g)?.length, 2);
  });

  it("as far as they do not conflict; the others are named, with their files", async () => {
    const h = new History();
    h.edit("feature", "feat: quiet", "app.ts", "usage: app", "usage: app [--quiet]");
    h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    h.edit("main", "feat: csv", "app.ts", "usage: app", "usage: app [--csv]");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["conflict feat: quiet", "pick feat: mul"]);
    assert.deepEqual(plan.changed, ["math.ts"]);
    assert.equal(plan.verdict, "planned, verified, conflict in app.ts, clean");
    assert.match(plan.document.commits[0]?.reason ?? "", /^It does not fit what main has now, in app\.ts\.$/);
  });

  it("with their own reverts", async () => {
    const h = new History();
    h.on("feature", "feat: try", { "try.ts": "try\n" });
    h.repo.git("revert", "--no-edit", "HEAD");
    h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.changed, ["math.ts"]);
    assert.equal(plan.verdict, "planned, verified, clean");
  });

  it("with renames on either side, and new files in a folder that moved", async () => {
    const h = new History();
    h.on("main", "chore: lib", { "lib/a.ts": numbered("a", 8), "lib/b.ts": numbered("b", 8) });
    h.repo.git("branch", "-f", "feature", "main");
    h.repo.git("checkout", "-q", "feature");
    h.repo.git("mv", "math.ts", "sums.ts");
    h.repo.commit("refactor: sums");
    h.edit("feature", "feat: a", "lib/a.ts", "a(3)", "a(33)");
    h.edit("main", "chore: math", "math.ts", "math(1)", "math(11)");
    h.repo.git("mv", "lib", "library");
    h.repo.commit("refactor: library");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["pick refactor: sums", "pick feat: a"]);
    assert.deepEqual(plan.changed, ["library/a.ts", "math.ts", "sums.ts"]);
    assert.match(plan.text("sums.ts"), /math\(11\)/);
    assert.equal(plan.verdict, "planned, verified, clean");
    // Git will not guess whether the new file belongs into the new folder.
    h.on("feature", "feat: c", { "lib/c.ts": numbered("c", 8) });
    assert.equal((await Plan.of(h)).fates.at(-1), "conflict feat: c");
  });

  it("with what a merge on the branch settled, as one more commit", async () => {
    const h = new History();
    h.edit("feature", "feat: csv usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.edit("main", "chore: rename", "app.ts", "usage: app", "usage: calc");
    h.resolve("feature", "Merge main", {
      "app.ts": h.text("main:app.ts").replace("usage: calc", "usage: calc [--csv]"),
    });
    h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    h.on("main", "docs: more", { "readme.md": "more\n" });
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["pick feat: csv usage", "pick feat: mul"]);
    assert.deepEqual(plan.changed, ["app.ts", "math.ts"]);
    assert.match(plan.text("app.ts"), /usage: calc \[--csv\]/);
    assert.deepEqual(plan.document.conflicts, []);
    assert.match(plan.document.notes.join(), /look at it/);
  });

  it("without a merge on the branch that dropped other people's work", async () => {
    const h = new History();
    h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    h.on("main", "feat: csv (#12)", { "csv.ts": numbered("csv", 8) });
    h.edit("main", "feat: level (#13)", "log.ts", "log3", "level3");
    h.repo.git("checkout", "-q", "feature");
    h.repo.git("merge", "-q", "-s", "ours", "-m", "Merge main", "main");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["pick feat: mul"]);
    assert.deepEqual(plan.changed, ["math.ts"]);
    assert.equal(plan.verdict, "planned, verified, clean");
    assert.match(plan.document.notes.join(), /drops other people's work/);
  });

  it("not where later ones leave nothing of them", async () => {
    const h = new History();
    h.edit("feature", "feat: usage 1", "app.ts", "usage: app", "usage: app 1");
    h.edit("feature", "feat: usage 2", "app.ts", "usage: app 1", "usage: calc");
    h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    h.edit("main", "chore: rename", "app.ts", "usage: app", "usage: calc");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["drop feat: usage 1", "drop feat: usage 2", "pick feat: mul"]);
    assert.equal(plan.verdict, "planned, verified, clean");
  });

  it("with all kinds of files", async () => {
    const h = new History();
    const odd = '-x "ü\n\t.ts';
    h.on("feature", "feat: files", {
      [odd]: "odd\n",
      "icon.png": Buffer.from([0, 1, 2, 255]),
      "new/deep/file.txt": "no end",
      "dos.txt": "one\r\ntwo\r\n",
      "math.ts": null,
    });
    h.edit("feature", "fix: odd", odd, "odd", "even");
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["pick feat: files", "pick fix: odd"]);
    const { resultTree } = plan.document;
    const differs = h.repo.git("diff", "--name-only", "-z", "feature", `${resultTree}`);
    assert.equal(differs, "log.ts\0");
    assert.equal(plan.verdict, "planned, verified, clean");
    h.repo.git("fsck", "--full", "--strict");
  });
});

describe("recovery: a branch without anything of its own", () => {
  it("is empty, and never called merged", async () => {
    const h = new History();
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    const { state, commits, resultTree } = (await Plan.of(h)).document;
    assert.deepEqual({ state, commits, resultTree }, { state: "empty", commits: [], resultTree: null });
  });

  it("is refused where its history is another one, or no such branch is there", async () => {
    const h = new History();
    h.repo.git("checkout", "-q", "--orphan", "alone");
    h.repo.commit("feat: alone", { "alone.ts": "alone\n" });
    const codes = [];
    for (const branch of ["alone", "nobody", "--upload-pack=x", ""]) {
      const planned = await planOnly(await h.open(), { branch, onto: "main", newBranch: "x" });
      codes.push(planned.ok ? "ok" : planned.refusal.code);
    }
    assert.deepEqual(codes, ["cannot-tell", "unknown-ref", "unknown-ref", "unknown-ref"]);
  });
});
