import assert from "node:assert/strict";
import { History, numbered } from "../landing/history";
import { Plan, pull } from "./told";

/** Two commits that one squash holds. */
function csv(h = new History()): History {
  h.on("feature", "feat: csv 1", { "csv.ts": numbered("csv", 8) });
  h.edit("feature", "feat: csv 2", "app.ts", "usage: app", "usage: app [--csv]");
  return h;
}

/** The one commit that every branch here has of its own in the end. */
function mul(h: History): void {
  h.edit(
    "feature",
    "feat: mul",
    "math.ts",
    "export const math5",
    "export const mul = 1;\nexport const math5",
  );
}

const landedBefore = ["drop feat: csv 1", "drop feat: csv 2", "pick feat: mul"];

async function onlyMul(h: History, fates = landedBefore): Promise<Plan> {
  mul(h);
  const plan = await Plan.of(h);
  assert.deepEqual(plan.fates, fates);
  assert.deepEqual(plan.changed, ["math.ts"]);
  assert.match(plan.text("math.ts"), /mul/);
  assert.equal(plan.verdict, "planned, verified, clean");
  return plan;
}

describe("recovery: commits that landed stay behind", () => {
  it("by a squash, with the landing and the proof", async () => {
    const h = csv();
    h.squash("feature", "feat: csv (#12)");
    h.on("main", "docs: more", { "readme.md": "more\n" });
    const plan = await onlyMul(h);
    const [first] = plan.document.commits;
    assert.equal(first?.landedAs, h.oid("main~1"));
    assert.match(
      first?.reason ?? "",
      /^It landed with [0-9a-f]{9} “feat: csv \(#12\)”: doing it again there/,
    );
    assert.equal(first?.author, "Ann");
  });

  it("by a squash that holds only the last version of a line", async () => {
    const h = new History();
    h.edit("feature", "feat: usage 1", "app.ts", "usage: app", "usage: app [--csv]");
    h.edit("feature", "feat: usage 2", "app.ts", "[--csv]", "[--csv] [--tsv]");
    h.squash("feature", "feat: usage (#12)");
    const plan = await onlyMul(h, ["drop feat: usage 1", "drop feat: usage 2", "pick feat: mul"]);
    assert.match(plan.document.commits[0]?.reason ?? "", /“feat: usage \(#12\)”: done again on the commit/);
  });

  it("by a squash, also on a moved target, whose lines the target edited again", async () => {
    const h = csv();
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    h.edit("main", "chore: app", "app.ts", "app(0)", "app(100)");
    h.squash("feature", "feat: csv (#12)");
    h.edit("main", "chore: rename", "app.ts", "usage: app [--csv]", "usage: calc [--csv]");
    const plan = await onlyMul(h);
    assert.match(plan.text("app.ts"), /usage: calc/);
  });

  it("by two squashes", async () => {
    const h = csv();
    h.squash("feature", "feat: csv (#12)");
    h.edit("feature", "feat: level", "log.ts", "log0", "level0");
    h.squash("feature", "feat: level (#14)");
    await onlyMul(h, ["drop feat: csv 1", "drop feat: csv 2", "drop feat: level", "pick feat: mul"]);
  });

  it("by a squash after the branch had merged the target", async () => {
    const h = csv();
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    h.merge("main", "Merge main", "feature");
    h.squash("feature", "feat: csv (#12)");
    h.on("main", "docs: more", { "readme.md": "more\n" });
    await onlyMul(h);
  });

  it("by a rebase merge, reworded; and by picks in another order", async () => {
    const h = csv();
    h.edit("main", "chore: log", "log.ts", "log3", "level3");
    for (const commit of ["feature", "feature~1"]) {
      h.pick(commit);
      h.repo.git("commit", "-q", "--amend", "-m", `landed: ${commit}`);
    }
    await onlyMul(h);
  });

  it("by a merge", async () => {
    const h = csv();
    h.merge("feature", "Merge pull request #12 from feature");
    await onlyMul(h, ["pick feat: mul"]);
  });

  it("where they were empty from the start", async () => {
    const h = csv();
    h.on("feature", "ci: trigger");
    h.squash("feature", "feat: csv (#12)");
    h.on("feature", "ci: trigger again");
    const fates = ["drop feat: csv 1", "drop feat: csv 2", "drop ci: trigger", "drop ci: trigger again"];
    await onlyMul(h, [...fates, "pick feat: mul"]);
  });

  it("by a squash into which a reviewer wrote more, as far as the lines tell", async () => {
    const h = csv();
    h.squash("feature", "feat: csv");
    h.repo.git("reset", "-q", "--soft", "main~1");
    h.repo.write({ "csv.ts": `// As a reviewer wished.\n${h.text("feature:csv.ts")}// The end.\n` });
    h.repo.commit("feat: csv (#12)");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["drop feat: csv 1", "drop feat: csv 2"]);
    assert.match(plan.document.commits[0]?.reason ?? "", /^It probably landed with/);
    assert.deepEqual(plan.changed, []);
  });

  it("by a squash in which a reviewer changed lines, as a merged pull request tells", async () => {
    const h = csv();
    const head = h.oid("feature");
    h.squash("feature", "feat: csv");
    h.repo.git("reset", "-q", "--soft", "main~1");
    h.repo.write({ "csv.ts": h.text("feature:csv.ts").replace("csv(3)", "csv(33)") });
    const landing = h.repo.commit("feat: csv (#12)");
    mul(h);
    const told = await Plan.of(h, { pulls: [pull(12, head, landing)] });
    assert.deepEqual(told.fates, landedBefore);
    assert.deepEqual(told.changed, ["math.ts"]);
    assert.match(told.document.commits[0]?.reason ?? "", /by a merged pull request/);
    // Nobody told: then the differing line is a person's to settle, and nothing is silently left out.
    const untold = await Plan.of(h);
    assert.equal(untold.fates[0], "conflict feat: csv 1");
    assert.deepEqual(untold.document.conflicts, ["csv.ts"]);
  });

  it("and everything did: then nothing is left", async () => {
    const h = csv();
    h.squash("feature", "feat: csv (#12)");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["drop feat: csv 1", "drop feat: csv 2"]);
    assert.equal(plan.document.resultTree, h.oid("main^{tree}"));
    assert.equal(plan.verdict, "planned, verified, clean");
  });

  it("by half: the other half comes along", async () => {
    const h = new History();
    h.on("feature", "feat: csv and log", { "csv.ts": numbered("csv", 4), "log.ts": "// none\n" });
    h.on("main", "feat: csv (#12)", { "csv.ts": numbered("csv", 4) });
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["pick feat: csv and log"]);
    assert.deepEqual(plan.changed, ["log.ts"]);
    assert.match(plan.document.commits[0]?.reason ?? "", /^main has a part of it/);
  });

  it("as far as the target has moved the files on", async () => {
    const h = csv();
    h.squash("feature", "feat: csv (#12)");
    h.repo.git("mv", "app.ts", "program.ts");
    h.repo.commit("refactor: program");
    h.edit("feature", "feat: tsv", "app.ts", "app(2)", "app(2, tsv)");
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["drop feat: csv 1", "drop feat: csv 2", "pick feat: tsv"]);
    assert.deepEqual(plan.changed, ["program.ts"]);
    assert.equal(plan.verdict, "planned, verified, clean");
  });
});

describe("recovery: commits that landed and were taken back", () => {
  it("are asked about, and taken or left as a person says", async () => {
    const h = csv();
    h.revert(h.squash("feature", "feat: csv (#12)"));
    mul(h);
    const [first = "", second = ""] = [h.oid("feature~2"), h.oid("feature~1")];
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["ask feat: csv 1", "ask feat: csv 2", "pick feat: mul"]);
    assert.deepEqual(plan.changed, ["math.ts"]);
    assert.equal(plan.verdict, "planned, verified, clean");
    const taken = await Plan.of(h, { take: [first, second.slice(0, 8)] });
    assert.deepEqual(taken.fates, ["pick feat: csv 1", "pick feat: csv 2", "pick feat: mul"]);
    assert.deepEqual(taken.changed, ["app.ts", "csv.ts", "math.ts"]);
    assert.equal(taken.verdict, "planned, verified, clean");
    const left = await Plan.of(h, { take: [first], leave: [second, h.oid("feature")] });
    assert.deepEqual(left.fates, ["pick feat: csv 1", "drop feat: csv 2", "drop feat: mul"]);
    assert.deepEqual(left.changed, ["csv.ts"]);
    assert.equal(left.verdict, "planned, verified, clean");
  });

  it("also where a merge had brought them and the branch went on", async () => {
    const h = csv();
    h.revert(h.merge("feature", "Merge pull request #12 from feature"), "-m", "1");
    const before = await Plan.of(h);
    assert.deepEqual(before.fates, ["ask feat: csv 1", "ask feat: csv 2"]);
    mul(h);
    const plan = await Plan.of(h);
    assert.deepEqual(plan.fates, ["ask feat: csv 1", "ask feat: csv 2", "pick feat: mul"]);
    assert.deepEqual(plan.changed, ["math.ts"]);
    const taken = await Plan.of(h, { take: [h.oid("feature~2"), h.oid("feature~1")] });
    assert.deepEqual(taken.changed, ["app.ts", "csv.ts", "math.ts"]);
    assert.equal(taken.verdict, "planned, verified, clean");
  });

  it("stay behind where the target did them once more", async () => {
    const h = csv();
    const back = h.revert(h.squash("feature", "feat: csv (#12)"));
    h.revert(back);
    mul(h);
    assert.deepEqual((await Plan.of(h)).fates, landedBefore);
  });
});
