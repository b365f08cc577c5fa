import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { buildSync } from "esbuild";
import { tempDir } from "../kit/repo";
import { codeOf, Stale, told } from "./kit";

describe("recovery: two at once", () => {
  it("of the same branch: one is carried out, the other is told so", async () => {
    const s = new Stale();
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    s.desk();
    const codes = await Promise.all(
      ["one", "two", "three"].map(async (newBranch) => codeOf(await s.try({ newBranch }))),
    );
    assert.deepEqual(codes.sort(), ["busy", "busy", "done"]);
    // And one that waits is not begun again.
    s.h.edit("main", "feat: div", "math.ts", "math5", "div5");
    s.h.repo.git("push", "-q", "origin", "main");
    const first = await s.recover({ newBranch: "four" });
    assert.equal(first.state, "conflict");
    assert.equal(codeOf(await s.try({ newBranch: "five" })), "recovery-waits");
  });

  it("of two branches: both are carried out", async () => {
    const s = new Stale();
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    s.h.repo.git("branch", "other", "main");
    s.h.edit("other", "feat: level", "log.ts", "log0", "level0");
    s.desk();
    const codes = await Promise.all([
      s.try({ push: true }),
      s.try({ branch: "other", newBranch: "other-2", push: true }),
    ]);
    assert.deepEqual(codes.map(codeOf), ["done", "done"]);
    assert.equal(s.origin.git("branch", "--list", "--format=%(refname:short)", "*-2"), "feature-2\nother-2");
  });

  it("under one new name: the second is refused, from another process too", async () => {
    const child = path.join(tempDir(), "child.cjs");
    buildSync({
      entryPoints: [path.join(__dirname, "recoverChild.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      mainFields: ["module", "main"],
      outfile: child,
    });
    const s = new Stale();
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    s.h.repo.git("branch", "other", "main");
    s.h.edit("other", "feat: level", "log.ts", "log0", "level0");
    s.desk();
    const running = spawn(process.execPath, [child, s.dir, "start"]);
    const ended = once(running, "exit");
    const said: string[] = [];
    running.stdout.on("data", (data) => said.push(String(data)));
    const mine = codeOf(await s.try({ branch: "other" }));
    await ended;
    const theirs = said.join("").includes("done");
    assert.ok(
      theirs ? ["busy", "branch-exists", "branch-on-remote"].includes(mine) : mine === "done",
      `${mine} ${said}`,
    );
  });

  it("goes on with one that waits only once", async () => {
    const s = new Stale();
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    s.h.edit("main", "feat: div", "math.ts", "math5", "div5");
    s.desk();
    await s.recover();
    const codes = (await Promise.all([s.goOn("skip"), s.goOn("skip"), s.goOn("abort")])).map(codeOf);
    assert.equal(codes.filter((code) => code === "busy").length, 2);
    assert.ok(codes.includes("done") || codes.includes("aborted"));
    if (codes.includes("done")) assert.equal(codeOf(await s.goOn("continue")), "no-recovery");
    assert.equal(told(await s.try({ newBranch: "again" })).state, "conflict");
  });
});
