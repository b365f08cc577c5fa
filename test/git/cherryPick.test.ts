import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { commitPick } from "../../src/git/cherryPick";
import { TestRepo, tempDir } from "../kit/repo";

describe("git/cherryPick", () => {
  const { PATH } = process.env;
  afterEach(() => {
    process.env.PATH = PATH;
  });

  /** A repo in which something is staged. */
  function staged(): TestRepo {
    const repo = TestRepo.init();
    repo.commit("first", { "a.txt": "1\n" });
    repo.write({ "a.txt": "2\n" });
    repo.git("add", "a.txt");
    return repo;
  }

  it("commits what is staged under any message, as it is", async () => {
    for (const message of ["feat: it\n\n# no comment\n", "", " \n"]) {
      const repo = staged();
      assert.equal((await commitPick(repo.dir, Buffer.from(message))).exitCode, 0, JSON.stringify(message));
      assert.equal(repo.git("log", "-1", "--format=%B").trim(), message.trim());
    }
  });

  // With no shell script in the way of git.exe.
  (process.platform === "win32" ? () => {} : it)(
    "commits nothing where its caller dies before the message is written",
    async () => {
      const repo = staged();
      const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
      const bin = tempDir();
      writeFileSync(path.join(bin, "git"), `#!/bin/sh\nexec '${real}' "$@" < /dev/null\n`, { mode: 0o755 });
      process.env.PATH = `${bin}${path.delimiter}${PATH}`;
      const { exitCode, stderr } = await commitPick(repo.dir, Buffer.from("feat: it\n"));
      assert.equal(exitCode, 1);
      assert.match(stderr, /empty commit message/);
      assert.equal(repo.git("rev-list", "--count", "HEAD"), "1");
    },
  );
});
