import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { cli, cliJson } from "../kit/cli";
import { TestRepo, tempDir } from "../kit/repo";
import type { Story } from "../losses/story";
import { install, shop } from "./kit";

const settings = (repo: TestRepo, name = "settings.json") => path.join(repo.dir, ".claude", name);

/** Runs the command of the settings as Claude Code does: in a shell, with what it would be told on standard input. */
function asked(
  story: Story,
  command: string,
  cwd = story.repo.dir,
): { status: number | null; stderr: string } {
  const { hooks } = JSON.parse(readFileSync(settings(story.repo), "utf8"));
  const call = {
    session_id: "1",
    transcript_path: "/nowhere",
    cwd,
    permission_mode: "default",
    hook_event_name: "PreToolUse",
    tool_name: "Bash",
    tool_input: { command, description: "Push" },
    tool_use_id: "toolu_1",
  };
  const { status, stderr } = spawnSync("sh", ["-c", hooks.PreToolUse.at(-1).hooks[0].command], {
    cwd,
    input: JSON.stringify(call),
    encoding: "utf8",
    env: { ...process.env, CLAUDE_PROJECT_DIR: story.repo.dir, GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  return { status, stderr };
}

describe("the hook for Claude Code", () => {
  it("stops what would push a loss, in words for the agent, and lets all else pass", () => {
    const story = shop();
    install(story.repo, "--claude");
    const stopped = asked(story, "git add -A && git push -u origin HEAD");
    assert.equal(stopped.status, 2);
    assert.match(
      stopped.stderr,
      /^agent-foreman: this command was not run\. Landing agent-b on origin\/main would/,
    );
    assert.match(
      stopped.stderr,
      /src\/receipt\.ts: the whole file, lines 1-16\n {4}landed with feat: receipts \(#12\), by agent-a/,
    );
    assert.match(stopped.stderr, /Get it back: {2}git checkout origin\/main -- src\/receipt\.ts\n/);
    assert.match(stopped.stderr, / recover agent-b --onto origin\/main --as agent-b-recovered\n/);
    assert.equal(asked(story, "gh pr create --fill").status, 2);

    story.git("worktree", "add", "-q", "../desk", "agent-c");
    const desk = path.join(story.repo.dir, "../desk");
    const elsewhere = TestRepo.init();
    elsewhere.commit("one");
    const fine: [string, string?][] = [
      ["npm test"],
      ["git push --tags"],
      ["cd ../desk && git push"],
      [`git -C ${desk} push`],
      ["git push", desk],
      ["git push", elsewhere.dir],
      ["git push", tempDir()],
    ];
    for (const [command, cwd] of fine)
      assert.deepEqual(asked(story, command, cwd), { status: 0, stderr: "" }, `${command} ${cwd}`);
    assert.equal(asked(story, `cd "${story.repo.dir}" && git push`, desk).status, 2);
  });

  it("is told when something could not be checked, and goes on", () => {
    const story = shop();
    install(story.repo, "--claude");
    story.git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD");
    story.git("update-ref", "refs/remotes/origin/master", "main");
    const unsure = asked(story, "git push");
    assert.equal(unsure.status, 0);
    assert.match(unsure.stderr, /HEAD was NOT checked for lost work\. Where this would merge is not known/);
    story.repo.write({ ".git/agent-foreman/hooks/cli.cjs": "throw 1" });
    assert.equal(asked(story, "git push").status, 1);
    // A clone of somebody who does not use it has the entry and nothing else.
    story.git("clean", "-qfdx", ".git/agent-foreman");
    assert.equal(cli(story.repo.dir, "hooks", "remove", "--pre-push").exitCode, 0);
  });

  it("stands beside all other settings and hooks, and leaves them as they were", () => {
    const { repo } = shop();
    const lines = [
      "{",
      "\t// ours",
      '\t"model": "x",',
      '\t"hooks": {',
      '\t\t"Stop": [],',
      '\t\t"PreToolUse": [',
      "\t\t\t{",
      '\t\t\t\t"matcher": "Bash",',
      '\t\t\t\t"hooks": [',
      '\t\t\t\t\t{ "type": "command", "command": "true" }',
      "\t\t\t\t]",
      "\t\t\t}",
      "\t\t]",
      "\t}",
      "}",
      "",
    ].join("\r\n");
    repo.write({ ".claude/settings.json": lines });
    install(repo, "--claude");
    install(repo, "--claude");
    const after = readFileSync(settings(repo), "utf8");
    assert.equal(after.split("agent-foreman/hooks/claude").length, 2);
    assert.ok(after.includes("// ours") && !/[^\r]\n/.test(after));
    const found = cliJson<{ claude: { installed: boolean; settings: { scope: string }[] } }>(
      "hooks",
      repo.dir,
      ...["hooks", "status"],
    );
    assert.deepEqual(
      found.claude.settings.map(({ scope }) => scope),
      ["shared"],
    );
    assert.equal(cli(repo.dir, "hooks", "remove").exitCode, 0);
    assert.equal(readFileSync(settings(repo), "utf8"), lines);

    install(repo, "--claude", "--personal");
    assert.deepEqual(
      JSON.parse(readFileSync(settings(repo, "settings.local.json"), "utf8")).hooks.PreToolUse.length,
      1,
    );
    assert.equal(cli(repo.dir, "hooks", "remove", "--claude").exitCode, 0);
    assert.deepEqual(JSON.parse(readFileSync(settings(repo, "settings.local.json"), "utf8")), {});

    for (const broken of ["{ nonsense", "[]", '{"hooks": 5}', '{"hooks": {"PreToolUse": {}}}']) {
      repo.write({ ".claude/settings.json": broken });
      const refused = cli(repo.dir, "hooks", "install", "--claude", "--format", "json");
      assert.equal(JSON.parse(refused.stdout).error.code, "broken-settings", broken);
      assert.equal(readFileSync(settings(repo), "utf8"), broken);
    }
  });
});
