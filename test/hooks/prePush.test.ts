import assert from "node:assert/strict";
import { chmodSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cli, cliJson } from "../kit/cli";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory } from "../kit/story";
import { arrived, git, install, shop } from "./kit";

const hook = (repo: TestRepo) => path.join(repo.dir, ".git/hooks/pre-push");

interface Status {
  readonly prePush: { readonly installed: boolean; readonly state: string; readonly chained: boolean };
  readonly upToDate: boolean | null;
}

const status = (repo: TestRepo) => cliJson<Status>("hooks", repo.dir, "hooks", "status");

function write(file: string, text: string, mode = 0o755): void {
  writeFileSync(file, text);
  chmodSync(file, mode);
}

describe("the pre-push hook", () => {
  it("stops a push that would delete others' work, and says what to do, in words that work", () => {
    const story = shop();
    install(story.repo, "--pre-push");
    const stopped = git(story.repo, ["push", "origin", "agent-b"]);
    assert.equal(stopped.status, 1);
    const launcher = `sh '${path.join(story.repo.dir, ".git/agent-foreman/hooks/agent-foreman").replaceAll("'", "'\\''")}'`;
    assert.deepEqual(
      stopped.stderr
        .replace(/, \d+ days ago/g, ", AGO")
        .split("\n")
        .slice(0, -2),
      [
        "agent-foreman: this push was stopped. Landing agent-b on origin/main would delete other people's work, which is in origin/main now:",
        "",
        "  src/receipt.test.ts: the whole file, lines 1-5",
        "    landed with feat: receipts (#12), by agent-a, AGO",
        "    The branch started before #12 landed, and no commit of it has ever had this.",
        "    Get it back:  git checkout origin/main -- src/receipt.test.ts",
        "",
        "  src/receipt.ts: the whole file, lines 1-16",
        "    landed with feat: receipts (#12), by agent-a, AGO",
        "    The branch started before #12 landed, and no commit of it has ever had this.",
        "    Get it back:  git checkout origin/main -- src/receipt.ts",
        "",
        "What to do: in the top folder of the worktree run the commands above, or all of them at once with",
        `  ${launcher} restore --all`,
        "Then look at the result, commit it, and push again.",
        "Where the branch is stale as a whole, this takes only its own work to a clean branch:",
        `  ${launcher} recover agent-b --onto origin/main --as agent-b-recovered`,
        "Only where a deletion is really meant, say so in the message of the commit that makes it, as a trailer:",
        "  Intentional-removal: <path or reason>",
        "A person may push all the same with: git push --no-verify",
      ],
    );
    assert.deepEqual(arrived(story), ["main"]);
    assert.equal(git(story.repo, ["push", "-q", "--no-verify", "origin", "agent-b:elsewhere"]).status, 0);

    for (const command of stopped.stderr.matchAll(/Get it back: {2}(.*)/g))
      story.git("-c", `alias.x=!${command[1]}`, "x");
    story.commit("fix: receipts are back");
    assert.deepEqual(git(story.repo, ["push", "-q", "origin", "agent-b"]), { status: 0, stderr: "" });
  });

  it("names the clean way first where only merges on the branch threw work away", () => {
    const { repo } = buildStory(path.join(tempDir(), "story"));
    const at = TestRepo.at(repo);
    install(at, "--pre-push");
    const { stderr } = git(at, ["push", "origin", "agent/tidy-storage:elsewhere"]);
    const [, ...next] = stderr.slice(stderr.indexOf("What to do:")).split("\n");
    assert.match(
      stderr,
      /^What to do: only merges on the branch threw that away, its own commits are fine\./m,
    );
    assert.match(
      next[0] ?? "",
      / recover agent\/tidy-storage --onto origin\/main --as agent\/tidy-storage-recovered$/,
    );
    assert.match(next[1] ?? "", /^Or, to go on with this branch: in the top folder of the worktree run/);
    assert.match(next[2] ?? "", / restore --all$/);
  });

  it("looks at what is pushed and at nothing else: by name, by HEAD, by id, from any worktree", () => {
    const story = shop();
    install(story.repo, "--pre-push");
    const pushed = (at: TestRepo, ...args: string[]) => git(at, ["push", "-q", "origin", ...args]).status;
    assert.equal(pushed(story.repo, "agent-c"), 0);
    assert.equal(pushed(story.repo, "HEAD:refs/heads/other"), 1);
    assert.equal(pushed(story.repo, `${story.git("rev-parse", "agent-b")}:refs/heads/other`), 1);
    assert.equal(pushed(story.repo, "agent-c", "agent-b"), 1);
    story.git("tag", "v1");
    assert.equal(pushed(story.repo, "v1"), 0);
    assert.equal(pushed(story.repo, "--delete", "agent-c"), 0);
    assert.deepEqual(arrived(story), ["main"]);
    story.git("worktree", "add", "-q", "../desk", "agent-c");
    const desk = story.repo.at("../desk");
    assert.equal(pushed(desk, "HEAD"), 0);
    assert.equal(pushed(desk, "agent-b"), 1);
    assert.equal(pushed(story.repo, "main"), 0);
  });

  it("runs a hook that was there before first, with the same input, and gives it back byte for byte", () => {
    const story = shop();
    const seen = path.join(tempDir(), "seen");
    const theirs = `#!/bin/sh\n# by hand\r\necho "$@" > '${seen}'\ncat >> '${seen}'\n[ ! -f '${seen}.no' ]\n`;
    write(hook(story.repo), theirs, 0o750);
    install(story.repo, "--pre-push");
    install(story.repo, "--pre-push");
    assert.deepEqual(status(story.repo).prePush.chained, true);
    assert.equal(git(story.repo, ["push", "-q", "origin", "agent-b"]).status, 1);
    assert.equal(git(story.repo, ["push", "-q", "origin", "agent-c"]).status, 0);
    const origin = path.join(story.repo.dir, "../origin.git");
    const oid = story.git("rev-parse", "agent-c");
    assert.equal(
      readFileSync(seen, "utf8"),
      `origin ${origin}\nrefs/heads/agent-c ${oid} refs/heads/agent-c ${"0".repeat(40)}\n`,
    );
    writeFileSync(`${seen}.no`, "");
    story.switch("agent-c").commit("more");
    assert.equal(git(story.repo, ["push", "-q", "origin", "agent-c"]).status, 1);
    assert.equal(cli(story.repo.dir, "hooks", "remove").exitCode, 0);
    assert.equal(readFileSync(hook(story.repo), "utf8"), theirs);
    assert.equal(lstatSync(hook(story.repo)).mode & 0o777, 0o750);
    assert.equal(existsSync(`${hook(story.repo)}.before-agent-foreman`), false);
    assert.equal(existsSync(path.join(story.repo.dir, ".git/agent-foreman/hooks")), false);

    // A link stays a link, and one that git would not run is not run.
    rmSync(hook(story.repo));
    symlinkSync("../../tracked-hook", hook(story.repo));
    install(story.repo, "--pre-push");
    assert.equal(cli(story.repo.dir, "hooks", "remove", "--pre-push").exitCode, 0);
    assert.equal(lstatSync(hook(story.repo)).isSymbolicLink(), true);
  });

  it("survives being killed between its steps, and changes nothing that it does not know", () => {
    const { repo } = shop();
    const [file, before] = [hook(repo), `${hook(repo)}.before-agent-foreman`];
    write(file, "#!/bin/sh\nexit 0\n");
    write(before, "#!/bin/sh\nexit 0\n");
    install(repo, "--pre-push");
    assert.deepEqual(status(repo).prePush.state, "ours");
    const codes = (...args: string[]) => {
      const { exitCode, stdout } = cli(repo.dir, "hooks", ...args, "--format", "json");
      return exitCode === 0 ? "ok" : JSON.parse(stdout).error.code;
    };
    write(file, "#!/bin/sh\n# another tool's\n");
    assert.equal(codes("install", "--pre-push"), "hook-in-the-way");
    rmSync(before);
    rmSync(file);
    install(repo, "--pre-push");
    const ours = readFileSync(file, "utf8");
    write(file, `${ours}echo mine\n`);
    assert.deepEqual([codes("install", "--pre-push"), codes("remove")], ["hook-changed", "hook-changed"]);
    assert.equal(readFileSync(file, "utf8"), `${ours}echo mine\n`);
    write(file, '#!/bin/sh\nhook=$(basename "$0")\n');
    assert.equal(codes("install", "--pre-push"), "hook-names-itself");
    assert.equal(codes("install"), "bad-arguments");
    assert.equal(codes("dance"), "bad-arguments");
  });

  it("writes into no folder of the project or of all repos, says which line to add, and that line works", () => {
    const story = shop();
    for (const folder of [".husky/_", "tools/hooks"]) {
      story.git("config", "core.hooksPath", folder);
      const refused = cli(story.repo.dir, "hooks", "install", "--pre-push");
      assert.equal(refused.exitCode, 2);
      assert.equal(story.git("status", "--porcelain"), "");
      const file = path.join(
        story.repo.dir,
        folder === ".husky/_" ? ".husky/pre-push" : `${folder}/pre-push`,
      );
      const [, named, line] = /Add this line to (.*), as its last one: (.*)\n/.exec(refused.stderr) ?? [];
      assert.equal(named, file);
      story.repo.write({ [path.relative(story.repo.dir, file)]: `#!/bin/sh\n${line}\n` });
      chmodSync(file, 0o755);
      if (folder === ".husky/_") {
        story.repo.write({ ".husky/_/pre-push": '#!/bin/sh\nsh .husky/pre-push "$@"\n' });
        chmodSync(path.join(story.repo.dir, ".husky/_/pre-push"), 0o755);
      }
      assert.equal(status(story.repo).prePush.installed, true);
      assert.equal(git(story.repo, ["push", "-q", "origin", "agent-b"]).status, 1);
      assert.equal(git(story.repo, ["push", "-q", "origin", "agent-c"]).status, 0);
      // Where Agent Foreman is not in use, the line does nothing.
      rmSync(path.join(story.repo.dir, ".git/agent-foreman/hooks"), { recursive: true });
      story.git("push", "-q", "origin", "--delete", "agent-c");
      assert.equal(git(story.repo, ["push", "-q", "origin", "agent-b"]).status, 0);
      story.git("push", "-q", "origin", "--delete", "agent-b");
      story.git("clean", "-qfd");
    }
  });

  it("locks nobody out: what cannot be checked is pushed, and said to be unchecked", () => {
    const story = shop();
    install(story.repo, "--pre-push");
    const home = path.join(story.repo.dir, ".git/agent-foreman/hooks");
    const push = (env: NodeJS.ProcessEnv = {}) => {
      const ran = git(story.repo, ["push", "-q", "--force", "origin", "agent-b"], env);
      story.git("push", "-q", "--no-verify", "origin", "--delete", "agent-b");
      return [ran.status, /NOT checked/.test(ran.stderr)];
    };
    // The node that installed it is gone: the one on the path is taken.
    const launcher = path.join(home, "agent-foreman");
    const text = readFileSync(launcher, "utf8");
    write(launcher, text.replace(/^node=.*$/m, "node='/nowhere/node'"));
    assert.equal(git(story.repo, ["push", "-q", "origin", "agent-b"]).status, 1);
    const bare = path.join(tempDir(), "bin");
    story.repo.at(bare).write({ x: "" });
    for (const name of ["git", "sh", "cat", "dirname", "printf"]) {
      const found = ["/usr/bin", "/bin"].map((dir) => path.join(dir, name)).find(existsSync);
      if (found) symlinkSync(found, path.join(bare, name));
    }
    assert.deepEqual(push({ PATH: bare }), [0, true]);
    write(launcher, text);
    // Nothing tells where work merges.
    story.git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD");
    story.git("update-ref", "refs/remotes/origin/master", "main");
    assert.deepEqual(push(), [0, true]);
    story.git("update-ref", "-d", "refs/remotes/origin/master");
    // A program that falls over is no answer.
    write(path.join(home, "cli.cjs"), "throw new Error('broken');\n");
    assert.deepEqual(push(), [0, true]);
    assert.equal(status(story.repo).upToDate, false);
    rmSync(home, { recursive: true });
    assert.deepEqual(push(), [0, true]);
  });
});
