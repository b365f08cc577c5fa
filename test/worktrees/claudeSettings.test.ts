import assert from "node:assert/strict";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { planClaudeSettings, writeClaudeSettings } from "../../src/worktrees/claudeSettings";
import { TestRepo } from "../kit/repo";

const wanted = { bgIsolation: "worktree", baseRef: "fresh", symlinkDirectories: ["node_modules"] } as const;

describe("worktrees/claudeSettings", () => {
  it("writes a first file", async () => {
    const { dir } = TestRepo.init();
    const plan = await planClaudeSettings(dir, wanted);
    assert.ok(plan.ok);
    assert.equal(plan.value.before, null);
    assert.deepEqual(await writeClaudeSettings(plan.value), { ok: true, value: null });
    assert.deepEqual(JSON.parse(readFileSync(path.join(dir, ".claude/settings.json"), "utf8")), {
      worktree: wanted,
    });
    const again = await planClaudeSettings(dir, wanted);
    assert.ok(again.ok && again.value.after === again.value.before);
  });

  it("keeps comments, unknown keys, indentation and line ends", async () => {
    const repo = TestRepo.init();
    const lines = [
      "{",
      "\t// ours",
      '\t"model": "x",',
      '\t"worktree": {',
      '\t\t"baseRef": "head",',
      '\t\t"location": "/w"',
      "\t}",
      "}",
      "",
    ];
    repo.write({ ".claude/settings.json": lines.join("\r\n") });
    const plan = await planClaudeSettings(repo.dir, { baseRef: "fresh", bgIsolation: "worktree" });
    assert.ok(plan.ok);
    const after = [...lines];
    after[4] = '\t\t"baseRef": "fresh",';
    after[5] = '\t\t"location": "/w",';
    after.splice(6, 0, '\t\t"bgIsolation": "worktree"');
    assert.equal(plan.value.after, after.join("\r\n"));
  });

  it("refuses what it does not understand, and what changed after it was shown", async () => {
    const repo = TestRepo.init();
    for (const text of ["[]", "{", '{"worktree": 1}', "nonsense"]) {
      repo.write({ ".claude/settings.json": text });
      const plan = await planClaudeSettings(repo.dir, wanted);
      assert.ok(!plan.ok && plan.refusal.code === "broken-settings", text);
    }
    rmSync(path.join(repo.dir, ".claude/settings.json"));
    symlinkSync("/dev/ptmx", path.join(repo.dir, ".claude/settings.json"));
    const device = await planClaudeSettings(repo.dir, wanted);
    assert.ok(!device.ok && device.refusal.code === "broken-settings");
    rmSync(path.join(repo.dir, ".claude/settings.json"));
    repo.write({ ".claude/settings.json": "{}" });
    const plan = await planClaudeSettings(repo.dir, wanted);
    repo.write({ ".claude/settings.json": '{"a": 1}' });
    assert.ok(plan.ok);
    const written = await writeClaudeSettings(plan.value);
    assert.ok(!written.ok && written.refusal.code === "settings-changed");
    assert.equal(readFileSync(path.join(repo.dir, ".claude/settings.json"), "utf8"), '{"a": 1}');
  });
});
