import assert from "node:assert/strict";
import { parsePushed, pushesIn } from "../../src/hooks/pushed";

const [a, b, none] = ["a", "b", "0"].map((digit) => digit.repeat(40));

describe("hooks/pushed", () => {
  it("reads what git says of a push, without deletions, tags, notes and the same twice", () => {
    const lines = [
      `refs/heads/agent/csv ${a} refs/heads/agent/csv ${none}`,
      `HEAD ${a} refs/heads/also ${none}`,
      `(delete) ${none} refs/heads/old ${a}`,
      `refs/tags/v1 ${b} refs/tags/v1 ${none}`,
      `refs/notes/x ${b} refs/notes/x ${none}`,
      `${b} ${b} refs/for/main ${none}`,
      "nonsense",
      "",
    ];
    assert.deepEqual(parsePushed(lines.join("\n")), [
      { localRef: "refs/heads/agent/csv", oid: a, remoteRef: "refs/heads/agent/csv" },
      { localRef: b, oid: b, remoteRef: "refs/for/main" },
    ]);
  });

  it("knows where a shell command pushes from", () => {
    const cases: [string, string[]][] = [
      ["git push", ["."]],
      ["git status && git push -u origin HEAD 2>&1 | tail -3", ["."]],
      ["cd ../desk && git push", ["../desk"]],
      ['cd "/w/my desk"; git add -A; git push', ["/w/my desk"]],
      ["git -C '/w/my desk' -c a.b=c push --force-with-lease", ["/w/my desk"]],
      ["git --no-pager push", ["."]],
      ["(git push)", ["."]],
      ["gh pr create --fill", ["."]],
      ["git push && gh pr create --fill", ["."]],
      ["cd $DIR && git push", ["."]],
      ["git push origin --delete old", []],
      ["git push --tags", []],
      ["git push --dry-run && git -C x push", ["x"]],
      ["git stash push", []],
      ["git log --grep push", []],
      ["npm run push", []],
      ["gh pr view", []],
      ["digit push", []],
      ["", []],
    ];
    for (const [command, folders] of cases) assert.deepEqual(pushesIn(command), folders, command);
  });
});
