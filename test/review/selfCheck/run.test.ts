import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import path from "node:path";
import { openRepo } from "../../../src/git/repo";
import { colourOf } from "../../../src/model/selfCheck";
import { findChecks, recordedSelfCheck } from "../../../src/review/selfCheck";
import { runSelfChecks } from "../../../src/review/selfCheck/run";
import { namesIn } from "../../../src/store/atomic";
import { pendingDir } from "../../../src/store/pending";
import { TestRepo } from "../../kit/repo";

const manifest = (scripts: object) => JSON.stringify({ scripts });

async function story(files: Readonly<Record<string, string>>) {
  const { repo } = TestRepo.withOrigin();
  const head = repo.commit("feat: x", files);
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  const found = await findChecks(opened.value, repo.dir, head, null);
  assert.ok(found.ok);
  return { repo, head, opened: opened.value, checks: found.value };
}

describe("running a repo's own checks", () => {
  it("runs all of them though one is red, tells what they write, and notes it for the commit's files", async () => {
    const { repo, opened, head, checks } = await story({
      "package.json": manifest({
        typecheck: "echo types",
        lint: "echo bad line; exit 1",
        test: "echo tests",
      }),
    });
    assert.equal(await recordedSelfCheck(opened, head), null);
    const started: string[] = [];
    let output = "";
    const ran = await runSelfChecks(opened, repo.dir, checks, {
      onStart: ({ name }) => started.push(name),
      onOutput: (text) => {
        output += text;
      },
    });
    assert.ok(ran.ok);
    assert.deepEqual(
      ran.value.parts.map(({ name, state, exitCode }) => [name, state, exitCode]),
      [
        ["typecheck", "passed", 0],
        ["lint", "failed", 1],
        ["test", "passed", 0],
      ],
    );
    assert.deepEqual(started, ["typecheck", "lint", "test"]);
    assert.match(output, /types\n.*bad line\n.*tests\n/s);
    assert.match(ran.value.parts[1]?.tail ?? "", /bad line/);
    assert.equal(colourOf(ran.value), "red");

    const noted = await recordedSelfCheck(opened, head);
    assert.deepEqual(noted, { at: ran.value.at, parts: ran.value.parts });
    // Another commit of the same files is as good or bad.
    assert.deepEqual(await recordedSelfCheck(opened, repo.commit("chore: nothing")), noted);
    assert.equal(await recordedSelfCheck(opened, repo.commit("more", { "x.ts": "1\n" })), null);
  });

  it("notes nothing for a commit whose files were changed before, or by the checks", async () => {
    const { repo, opened, head, checks } = await story({
      "package.json": manifest({ lint: "echo fixed > made.ts", test: "true" }),
    });
    const byChecks = await runSelfChecks(opened, repo.dir, checks);
    assert.equal(byChecks.ok && byChecks.value.tree, null);
    const before = await runSelfChecks(opened, repo.dir, checks);
    assert.equal(before.ok && before.value.tree, null);
    assert.equal(await recordedSelfCheck(opened, head), null);
  });

  it("calls what cannot be run here missing, which is neither red nor green", async () => {
    const { repo, opened } = await story({});
    const ran = await runSelfChecks(opened, repo.dir, [
      { name: "lint", command: ["no-such-program"], obstacle: null },
      { name: "test", command: ["true"], obstacle: "not installed" },
    ]);
    assert.ok(ran.ok);
    assert.deepEqual(
      ran.value.parts.map(({ state, tail }) => [state, tail]),
      [
        ["missing", "no-such-program is not installed."],
        ["missing", "not installed"],
      ],
    );
    assert.equal(colourOf(ran.value), "unknown");
    assert.equal(colourOf({ parts: [] }), "unknown");
  });

  it("ends a check after its time, and all of them on cancel, noting nothing then", async () => {
    const { repo, opened, head } = await story({});
    const slow = { name: "test", command: ["sleep", "60"], obstacle: null } as const;
    const late = await runSelfChecks(opened, repo.dir, [slow], { timeoutMs: 50 });
    assert.equal(late.ok && colourOf(late.value), "red");
    const stop = new AbortController();
    const cancelled = await runSelfChecks(opened, repo.dir, [slow], {
      signal: stop.signal,
      onStart: () => setTimeout(() => stop.abort(), 50),
    });
    assert.equal(!cancelled.ok && cancelled.refusal.code, "cancelled");
    assert.equal((await recordedSelfCheck(opened, head))?.parts[0]?.state, "timeout");
    assert.deepEqual(await namesIn(pendingDir(opened.commonDir)), []);
  });

  it("runs what the target's config names instead, not what the change's own says", async () => {
    const { repo, opened } = await story({
      "package.json": manifest({ test: "false" }),
      "check.sh": "#!/bin/sh\necho checked > done.txt\n",
    });
    chmodSync(path.join(repo.dir, "check.sh"), 0o755);
    const config = (command: readonly string[]) =>
      JSON.stringify({ selfChecks: [{ name: "ours", command }] });
    const target = repo.commit("config", { ".agent-foreman.json": config(["./check.sh"]) });
    const head = repo.commit("cheat", { ".agent-foreman.json": config(["true"]) });
    const checks = await findChecks(opened, repo.dir, head, target);
    assert.deepEqual(checks, {
      ok: true,
      value: [{ name: "ours", command: ["./check.sh"], obstacle: null }],
    });
    const ran = await runSelfChecks(opened, repo.dir, checks.ok ? checks.value : []);
    assert.equal(ran.ok && colourOf(ran.value), "green");
    assert.ok(existsSync(path.join(repo.dir, "done.txt")));

    const bad = repo.commit("bad", {
      ".agent-foreman.json": '{"selfChecks": [{"name": "x", "command": "rm -rf"}]}',
    });
    const refused = await findChecks(opened, repo.dir, head, bad);
    assert.match(!refused.ok ? refused.refusal.message : "", /selfChecks\.0\.command/);
  });
});
