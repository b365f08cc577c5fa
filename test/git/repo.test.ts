import assert from "node:assert/strict";
import { chownSync } from "node:fs";
import path from "node:path";
import { openRepo } from "../../src/git/repo";
import { TestRepo, tempDir } from "../kit/repo";

describe("git/repo", () => {
  it("opens a repo whose path has a line break", async () => {
    const repo = TestRepo.init(path.join(tempDir(), "a\nb\n"));
    repo.commit("first");
    const { dir } = repo;
    assert.deepEqual(await openRepo(dir), {
      ok: true,
      value: { dir, commonDir: path.join(dir, ".git"), top: dir, bare: false },
    });
  });

  it("tells a repo that git does not trust from a folder that is none", async () => {
    const none = await openRepo(tempDir());
    assert.equal(none.ok ? "ok" : none.refusal.code, "not-a-repo");
    // Only root can give a folder away; as anybody else root's repo would have to be there already.
    if (process.getuid?.() !== 0) return;
    const { dir } = TestRepo.init();
    for (const folder of [dir, path.join(dir, ".git")]) chownSync(folder, 12_345, 12_345);
    const kept = { ...process.env };
    Object.assign(process.env, { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" });
    try {
      const strange = await openRepo(dir);
      assert.equal(strange.ok ? "ok" : strange.refusal.code, "unsafe-repo");
    } finally {
      process.env = kept;
    }
  });
});
