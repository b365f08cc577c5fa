import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { noteEvent, readRecords } from "../../src/worktrees/record";
import { settle } from "../../src/worktrees/settle";
import { TestRepo } from "../kit/repo";
import { create, opened, traces, value } from "./kit";

function child(repo: TestRepo, names: readonly string[], detached = false): ChildProcess {
  return spawn(
    process.execPath,
    ["--import", "tsx", path.join(__dirname, "createChild.ts"), repo.dir, ...names],
    { stdio: ["ignore", "pipe", "inherit"], detached },
  );
}

async function said(process: ChildProcess): Promise<string[]> {
  let text = "";
  process.stdout?.on("data", (data) => {
    text += String(data);
  });
  await once(process, "close");
  return text.trim().split("\n").slice(1);
}

/** 200 files with something in them, so that a checkout can be interrupted. */
function files(): Record<string, string> {
  const content = "a line of text\n".repeat(400);
  return Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`src/${i % 10}/file${i}.txt`, `${i}\n${content}`]),
  );
}

describe("worktrees/create, many at once", () => {
  it("makes 40 worktrees from four processes, and leaves nothing else", async () => {
    const { repo } = TestRepo.withOrigin();
    const names = Array.from({ length: 40 }, (_, i) => `task ${i}`);
    const before = traces(repo) as Record<string, unknown>;
    const parts = [0, 1, 2, 3].map((part) => names.filter((_, i) => i % 4 === part));
    const results = await Promise.all(parts.map((part) => said(child(repo, part))));
    assert.deepEqual(
      results.flat(),
      names.map(() => "ok"),
    );

    const slugs = names.map((name) => name.replace(" ", "-"));
    const after = traces(repo) as Record<string, string[]>;
    for (const same of ["locks", "config", "exclude", "pending", "drafts"])
      assert.deepEqual(after[same], before[same], same);
    assert.deepEqual(after.admin, [...slugs].sort());
    const listed = repo.git("worktree", "list", "--porcelain").match(/^branch refs\/heads\/agent\/.*$/gm);
    assert.deepEqual(listed?.sort(), slugs.map((slug) => `branch refs/heads/agent/${slug}`).sort());
    const records = await readRecords(await opened(repo));
    assert.deepEqual([...records.keys()].sort(), slugs.map((slug) => `agent/${slug}`).sort());
    for (const { path: folder } of records.values())
      assert.equal(repo.at(folder).git("status", "--porcelain"), "", folder);
  });
});

describe("worktrees/create, killed", () => {
  // Each takes about a second; more of them find what is rarer.
  const rounds = Number(process.env.KILL_ROUNDS ?? 16);

  it(`takes back what is half made, after kill -9 at ${rounds} moments`, async function () {
    this.timeout(300_000);
    const { repo } = TestRepo.withOrigin();
    repo.commit("files", files());
    repo.git("push", "-q", "origin", "main");
    value(await create(repo, "stays"));
    const before = traces(repo);
    const whole = await duration(child(repo, ["timed"]));
    const { id, path: timed } = (await readRecords(await opened(repo))).get("agent/timed") ?? {
      id: "",
      path: "",
    };
    await remove(repo, "timed", id);
    assert.deepEqual([withoutRecords(traces(repo)), existsSync(timed)], [withoutRecords(before), false]);
    let tookBack = 0;
    for (let round = 0; round < rounds; round++) {
      const alone = round % 2 === 0;
      const process_ = child(repo, ["victim"], true);
      if (process_.stdout) await once(process_.stdout, "data");
      await sleep((round / rounds) * whole * 1.1);
      const { pid = 0 } = process_;
      // Alone: git outlives its caller and goes on writing.
      if (process_.exitCode === null) process.kill(alone ? pid : -pid, "SIGKILL");
      if (process_.exitCode === null && process_.signalCode === null) await once(process_, "exit");
      const notes = await settle(await opened(repo));
      const records = await readRecords(await opened(repo));
      const listed = /^branch refs\/heads\/agent\/victim$/m.test(repo.git("worktree", "list", "--porcelain"));
      assert.equal(listed, records.has("agent/victim"), `round ${round}: ${JSON.stringify(notes)}`);
      if (listed) await remove(repo, "victim", records.get("agent/victim")?.id ?? "");
      else tookBack += notes.length;
      assert.deepEqual(withoutRecords(traces(repo)), withoutRecords(before), `round ${round}`);
    }
    assert.ok(tookBack > 3, `only ${tookBack} were interrupted half way`);
    value(await create(repo, "victim"));
  });
});

/** The log of records only grows. */
function withoutRecords(all: unknown): unknown {
  return { ...(all as object), records: "" };
}

/** Milliseconds from its first word to its end. */
async function duration(process: ChildProcess): Promise<number> {
  if (process.stdout) await once(process.stdout, "data");
  const began = performance.now();
  await once(process, "close");
  return performance.now() - began;
}

async function remove(repo: TestRepo, slug: string, id: string): Promise<void> {
  repo.git("worktree", "remove", path.join(path.dirname(repo.dir), "repo.worktrees", slug));
  repo.git("branch", "-q", "-D", `agent/${slug}`);
  repo.git("update-ref", "-d", `refs/agent-foreman/base/agent/${slug}`);
  const { commonDir } = await opened(repo);
  await noteEvent(commonDir, { event: "removed", at: new Date().toISOString(), id });
}
