import assert from "node:assert/strict";
import { chmodSync, statSync } from "node:fs";
import path from "node:path";
import { putBack } from "../../src/losses/restore/put";
import type { CheckDocument } from "../../src/model/check";
import { cli, cliJson } from "../kit/cli";
import { filler, receiptFiles, Story } from "../losses/story";

interface Restored {
  readonly deletions: readonly {
    readonly path: string;
    readonly restored: string | null;
    readonly why: string | null;
  }[];
}

/** agent-b's old tree deletes the receipts and a piece of a file that it calls otherwise and has lines of its own in. */
function undoing(): Story {
  const story = new Story();
  const old = story.read("src/legacy.ts");
  story.git("branch", "agent-b");
  story.noteStart();
  story.as("agent-a").commit("feat: receipts (#12)", {
    ...receiptFiles,
    "src/legacy.ts": old.replace(/^.*legacy12 .*\n/m, (line) => `${line}${filler("receipt", 4)}`),
  });
  story.switch("agent-b").as("agent-b").git("mv", "src/legacy.ts", "src/old.ts");
  story.commit("wip", { "src/old.ts": `${old}export const began = Date.now();\n` });
  story.softReset("feat: when");
  chmodSync(path.join(story.repo.dir, "src/old.ts"), 0o640);
  return story;
}

const told = ({ deletions }: Restored) =>
  deletions.map(({ path: file, restored, why }) => `${file} ${restored ?? why}`);

describe("agent-foreman restore", () => {
  it("puts back what would be lost, also under another name, and touches nothing of the agent's own", () => {
    const story = undoing();
    const { dir } = story.repo;
    const ask = (...args: string[]) =>
      cliJson<Restored>("restore", dir, "restore", "--base", "main", ...args);
    const check = () => cliJson<CheckDocument>("check", dir, "check", "--base", "main", "--worktree");
    const before = check();
    assert.deepEqual(
      before.losses.map(({ path: file, headPath }) => [file, headPath]),
      [
        ["src/legacy.ts", "src/old.ts"],
        ["src/receipt.test.ts", null],
        ["src/receipt.ts", null],
      ],
    );
    // Git has no command for lines under another name.
    const moved = before.losses[0]?.id.slice(0, 8) ?? "";
    assert.match(
      cli(dir, "check", "--base", "main").stdout,
      new RegExp(`Get it back: {2}agent-foreman restore ${moved}\n`),
    );
    assert.deepEqual(told(ask(moved)), ["src/legacy.ts lines"]);
    assert.equal(
      story.read("src/old.ts"),
      `${story.git("show", "main:src/legacy.ts")}\nexport const began = Date.now();\n`,
    );
    assert.equal(statSync(path.join(dir, "src/old.ts")).mode & 0o777, 0o640);
    assert.deepEqual(told(ask("--all")), ["src/receipt.test.ts file", "src/receipt.ts file"]);
    assert.equal(story.read("src/receipt.ts"), `${story.git("show", "main:src/receipt.ts")}\n`);
    assert.deepEqual([check().losses, told(ask("--all"))], [[], []]);
  });

  it("keeps a file's own ends of line, and bytes of whatever encoding", () => {
    const target = "one\nalpha beta\ngamma delta\ntwo\n";
    assert.equal(
      putBack("one\r\nt\xfcwo\r\ntwo\r\n", target, [2, 3], []),
      "one\r\nalpha beta\r\ngamma delta\r\nt\xfcwo\r\ntwo\r\n",
    );
    assert.equal(
      putBack("one\nolder text\ntwo", target, [2, 3], ["one\nolder text\ntwo\n"]),
      "one\nalpha beta\ngamma delta\ntwo",
    );
    assert.equal(putBack("", target, [1, 2, 3, 4], []), "one\nalpha beta\ngamma delta\ntwo\n");
  });

  it("goes through no link, and says what else does it", () => {
    const story = undoing();
    const { dir } = story.repo;
    story.repo.write({ "src/receipt.ts/x": "a folder in its place\n" });
    const outcome = cli(dir, "restore", "--base", "main", "--all");
    assert.equal(outcome.exitCode, 1);
    assert.match(
      outcome.stdout,
      /^LEFT {2}src\/receipt\.ts \[[0-9a-f]{8}\]: it is no plain file\. Use: {2}git checkout main -- src\/receipt\.ts$/m,
    );
    const codes = [["abcd"], [], ["--all", "abcd"], ["--all", "--base", "nowhere"]].map(
      (args) => JSON.parse(cli(dir, "restore", ...args, "--format", "json").stdout).error.code,
    );
    assert.deepEqual(codes, ["unknown-deletion", "bad-arguments", "bad-arguments", "unknown-ref"]);
  });
});
