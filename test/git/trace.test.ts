import assert from "node:assert/strict";
import { run } from "../../src/git/run";
import { type GitCall, onGitCall } from "../../src/git/trace";
import { tempDir } from "../kit/repo";

describe("git/trace", () => {
  it("tells of each command and its end, without passwords and tokens, until nobody listens", async () => {
    const dir = tempDir();
    const calls: GitCall[] = [];
    const listening = onGitCall((call) => calls.push(call));
    await run(dir, ["-c", "http.extraHeader=AUTHORIZATION: basic c2VjcmV0", "rev-parse", "--git-dir"]);
    await run(dir, ["ls-remote", "file://ann:secret@nowhere/x.git"]);
    listening.dispose();
    await run(dir, ["version"]);
    assert.deepEqual(
      calls.map(({ ms, ...call }) => ({ ...call, timed: ms > 0 })),
      [
        {
          dir,
          args: ["-c", "http.extraHeader=***", "rev-parse", "--git-dir"],
          exitCode: 128,
          timed: true,
        },
        { dir, args: ["ls-remote", "file://***@nowhere/x.git"], exitCode: 128, timed: true },
      ],
    );
  });
});
