import assert from "node:assert/strict";
import { type GitError, run, runBytes, runOk } from "../../src/git/run";
import { TestRepo } from "../kit/repo";

describe("git/run", () => {
  const { repo } = TestRepo.withOrigin();

  it("keeps git's exit code where git says nothing on stderr", async () => {
    repo.git("checkout", "-q", "-b", "other");
    repo.commit("other");
    const result = await run(repo.dir, ["merge-base", "--is-ancestor", "other", "main"]);
    assert.deepEqual(result, { exitCode: 1, stdout: "", stderr: "" });
  });

  it("throws from runOk with the arguments and git's words", async () => {
    await assert.rejects(runOk(repo.dir, ["rev-parse", "--verify", "nothing"]), (error: GitError) => {
      assert.equal(error.name, "GitError");
      assert.match(error.message, /git rev-parse --verify nothing: fatal/);
      return true;
    });
  });

  it("writes input, and gives bytes as they are", async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x0a]);
    const oid = (await run(repo.dir, ["hash-object", "-w", "--stdin"], { input: bytes })).stdout.trim();
    assert.deepEqual((await runBytes(repo.dir, ["cat-file", "blob", oid])).stdout, bytes);
  });

  it("stops git after a time, and when asked", async () => {
    repo.git("config", "alias.slow", "!sleep 30");
    const slow = ["slow"];
    const began = Date.now();
    assert.equal((await run(repo.dir, slow, { timeoutMs: 50 })).exitCode, null);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    assert.equal((await run(repo.dir, slow, { signal: controller.signal })).exitCode, null);
    assert.ok(Date.now() - began < 10_000);
  });

  it("starts git before it is known what to ask, and stops it unasked", async () => {
    const head = repo.git("rev-parse", "HEAD");
    const args = ["cat-file", "--batch-check=%(objecttype)"];
    const asked = await run(repo.dir, args, { input: Promise.resolve(`${head}\n`) });
    assert.deepEqual(asked, { exitCode: 0, stdout: "commit\n", stderr: "" });
    const unasked = await run(repo.dir, args, { input: Promise.resolve(null) });
    assert.deepEqual(unasked, { exitCode: null, stdout: "", stderr: "" });
    let late = 0;
    const hear = () => late++;
    process.on("rejectionHandled", hear);
    try {
      const failed = await run(repo.dir, args, { input: Promise.reject(new Error("no question")) });
      assert.deepEqual(failed, { exitCode: null, stdout: "", stderr: "" });
      await new Promise(setImmediate);
    } finally {
      process.off("rejectionHandled", hear);
    }
    assert.equal(late, 0, "a promise that nobody listened to when it failed would end a command");
  });

  it("reads no more than it was told to", async () => {
    const oid = (await run(repo.dir, ["hash-object", "-w", "--stdin"], { input: "x".repeat(1 << 20) }))
      .stdout;
    const result = await run(repo.dir, ["cat-file", "blob", oid.trim()], { mostBytes: 1000 });
    assert.deepEqual(result, { exitCode: 0, stdout: "x".repeat(1000), stderr: "" });
  });

  it("says that there is no git, and throws where there is no folder", async () => {
    const { PATH } = process.env;
    process.env.PATH = "/nowhere";
    try {
      assert.equal((await run(repo.dir, ["rev-parse", "HEAD"])).exitCode, -2);
    } finally {
      process.env.PATH = PATH;
    }
    await assert.rejects(run("/nowhere", ["rev-parse", "HEAD"]));
  });

  it("is not led astray by a GIT_DIR of the caller", async () => {
    process.env.GIT_DIR = "/nowhere";
    try {
      assert.equal((await run(repo.dir, ["rev-parse", "--verify", "main"])).exitCode, 0);
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});
