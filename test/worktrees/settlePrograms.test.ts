import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { openRepo } from "../../src/git/repo";
import { begin, pendingDir } from "../../src/store/pending";
import { operationVariable, thisProcess } from "../../src/store/process";
import { makeTemporaryFolder } from "../../src/store/temporaryFolder";
import { settle } from "../../src/worktrees/settle";
import { TestRepo, tempDir } from "../kit/repo";

/** A note of a review whose process is gone. */
async function abandonedReview(folder: unknown) {
  const { repo } = TestRepo.withOrigin();
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  const { commonDir } = opened.value;
  const gone = spawn("true");
  await once(gone, "exit");
  const pending = await begin(commonDir, "review", { folder });
  const dead = { ...pending, ...thisProcess, pid: gone.pid };
  writeFileSync(path.join(pendingDir(commonDir), `${pending.id}.json`), JSON.stringify(dead));
  return { opened: opened.value, id: pending.id };
}

describe("settling a review that was killed", () => {
  it("ends what it started and removes the folder that was made for it", async () => {
    const folder = await makeTemporaryFolder();
    mkdirSync(path.join(folder, "checkout"));
    const { opened, id } = await abandonedReview(folder);
    const env = { ...process.env, [operationVariable]: id };
    const left = spawn("sleep", ["600"], { env, detached: true });
    const notes = await settle(opened);
    assert.deepEqual(
      notes.map(({ op, outcome }) => [op, outcome]),
      [["review", "taken-back"]],
    );
    assert.ok(!existsSync(folder));
    if (left.exitCode === null && left.signalCode === null) await once(left, "exit");
    assert.equal(left.signalCode, "SIGTERM");
  });

  it("removes no other folder, whatever its note says", async () => {
    const mine = tempDir();
    const odd = path.join(tempDir(), ".agent-foreman.1-00000000.000000000000.tmp");
    mkdirSync(odd);
    const traversing = `${tmpdir()}/.agent-foreman.1-00000000.000000000000.tmp/../${path.basename(mine)}`;
    for (const folder of [mine, odd, traversing, homedir(), "/", "", null, 5, { x: 1 }]) {
      const { opened } = await abandonedReview(folder);
      assert.equal((await settle(opened)).length, 1);
    }
    assert.ok(existsSync(mine) && existsSync(odd) && existsSync(homedir()));
  });
});
