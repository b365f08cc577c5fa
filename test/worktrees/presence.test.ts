import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { presenceOf } from "../../src/worktrees/presence";

describe("worktrees/presence", () => {
  let top: string;

  beforeEach(() => {
    top = mkdtempSync(path.join(tmpdir(), "presence-"));
    mkdirSync(path.join(top, "csv"));
    writeFileSync(path.join(top, "file"), "");
  });

  afterEach(() => rmSync(top, { recursive: true }));

  it("tells a folder that is gone from one whose drive may be", async () => {
    const found = await Promise.all(
      ["csv", "gone", "drive/gone", "file/gone"].map((name) => presenceOf(path.join(top, name))),
    );
    assert.deepEqual(found, ["there", "missing", "out-of-reach", "missing"]);
  });

  for (const code of ["EACCES", "EPERM", "EIO", "ESTALE", "ETIMEDOUT", "ENOTCONN", "EHOSTDOWN"]) {
    it(`does not take one for gone that answers with ${code}`, async () => {
      const look = async () => {
        throw Object.assign(new Error(code), { code });
      };
      assert.equal(await presenceOf(path.join(top, "csv"), look), "not-readable");
    });
  }
});
