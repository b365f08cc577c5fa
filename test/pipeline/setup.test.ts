import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cli, cliBeside, cliFile, cliJson } from "../kit/cli";
import { GitHubServer } from "../kit/github";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory } from "../kit/story";
import { runAsGitHub } from "./runJob";
import { type Job, type Workflow, workflowTools } from "./tools";

const ci = ".github/workflows/agent-foreman.yml";
const vendored = ".github/agent-foreman/cli.cjs";

interface SetupDocument {
  readonly applied: boolean;
  readonly files: readonly { readonly id: string; readonly path: string; readonly state: string }[];
  readonly settings: readonly { readonly id: string; readonly state: string }[] | null;
}

function shop(): TestRepo {
  const repo = TestRepo.init();
  repo.commit("first", {
    "package.json": JSON.stringify({ name: "shop", scripts: { lint: "exit 0", test: "node --test" } }),
    "AGENTS.md": "# Rules\n\n- Be kind.\n",
    "CLAUDE.md": "@AGENTS.md\n",
    ".claude/settings.json": '{\n  // mine\n  "worktree": { "baseRef": "head" }\n}\n',
  });
  return repo;
}

function states(dir: string, ...args: string[]): string[] {
  const document = cliJson<SetupDocument>("setup", dir, "setup", ...args);
  return document.files.map(({ id, path: file, state }) => `${id} ${file} ${state}`);
}

const read = ({ dir }: TestRepo, file: string) => readFileSync(path.join(dir, file), "utf8");

describe("agent-foreman setup", function () {
  this.timeout(120_000);

  it("shows its plan and changes nothing, then writes it, and the second time has nothing to do", () => {
    const repo = shop();
    const planned = states(repo.dir, "--dry-run");
    assert.deepEqual(planned, [
      `workflow ${ci} new`,
      `cli ${vendored} new`,
      "config .agent-foreman.json new",
      "claude .claude/settings.json update",
      "template .github/pull_request_template.md new",
      "conventions AGENTS.md update",
    ]);
    assert.equal(repo.git("status", "--porcelain"), "");
    assert.deepEqual(states(repo.dir), planned);
    assert.deepEqual(
      states(repo.dir).map((each) => each.split(" ").at(-1)),
      Array(6).fill("same"),
    );
    const before = repo.git("status", "--porcelain", "-uall") + repo.git("diff");
    assert.match(cli(repo.dir, "setup").stdout, /is as it should be/);
    assert.equal(repo.git("status", "--porcelain", "-uall") + repo.git("diff"), before);
    // What a person said stays as they said it.
    assert.match(read(repo, ".claude/settings.json"), /\/\/ mine\n[\s\S]*"baseRef": "head"/);
    assert.match(read(repo, ".claude/settings.json"), /"bgIsolation": "worktree"/);
    assert.ok(read(repo, "AGENTS.md").startsWith("# Rules\n\n- Be kind.\n\n<!-- agent-foreman setup"));
    assert.equal(read(repo, vendored), readFileSync(cliFile(), "utf8"));
  });

  it("never overwrites what a person wrote, and brings up to date what nobody changed", () => {
    const repo = shop();
    repo.write({ ".github/PULL_REQUEST_TEMPLATE.md": "Mine.\n" });
    states(repo.dir);
    const workflow = read(repo, ci);
    const agents = read(repo, "AGENTS.md");
    // The repo got a type check: what we wrote follows.
    repo.write({
      "package.json": JSON.stringify({ name: "shop", scripts: { typecheck: "tsc", test: "x" } }),
    });
    assert.ok(states(repo.dir, "--dry-run").includes(`workflow ${ci} update`));
    states(repo.dir);
    assert.match(read(repo, ci), /npm run typecheck/);
    repo.write({
      [ci]: workflow.replace("ubuntu-latest", "self-hosted"),
      "AGENTS.md": agents.replace("merges by itself", "merges on Fridays"),
    });
    assert.deepEqual(
      states(repo.dir).filter((each) => each.endsWith("kept")),
      [`workflow ${ci} kept`, "template .github/PULL_REQUEST_TEMPLATE.md kept", "conventions AGENTS.md kept"],
    );
    assert.match(read(repo, ci), /self-hosted/);
    assert.match(read(repo, "AGENTS.md"), /on Fridays/);
    assert.equal(read(repo, ".github/PULL_REQUEST_TEMPLATE.md"), "Mine.\n");
  });

  it("does the steps that were chosen, and refuses what it does not know", () => {
    const repo = shop();
    assert.deepEqual(states(repo.dir, "--only", "config", "--only", "template").length, 2);
    assert.deepEqual(repo.git("status", "--porcelain", "-uall").split("\n").length, 2);
    assert.ok(!states(repo.dir, "--dry-run", "--without", "cli").some((each) => each.startsWith("cli")));
    const version = ["--from-npm", "1.2.3", "--no-review"];
    states(repo.dir, ...version);
    assert.match(read(repo, ci), /agent-foreman@1\.2\.3/);
    assert.ok(!read(repo, ci).includes("secrets.") && !existsSync(path.join(repo.dir, vendored)));
    for (const args of [["--only", "all"], ["--from-npm", "1; rm -rf ~"], ["--github"]])
      assert.equal(cli(repo.dir, "setup", ...args).exitCode, 2, args.join(" "));
  });

  it("writes through no link, and into no file that leads out of the repo", () => {
    const repo = shop();
    const outside = tempDir();
    symlinkSync(outside, path.join(repo.dir, ".github"));
    const { exitCode, stderr } = cli(repo.dir, "setup");
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /leads out of the worktree/);
    assert.ok(!existsSync(path.join(outside, "workflows")));
  });

  it("sets on GitHub exactly what was asked for, with the way open for admins, and the second time nothing", async () => {
    const server = await GitHubServer.start();
    try {
      const repo = shop();
      repo.git("remote", "add", "origin", server.remote);
      repo.git("update-ref", "refs/remotes/origin/main", "main");
      const { world } = server;
      Object.assign(world, { autoMergeAllowed: false, deleteBranchOnMerge: false, methods: ["MERGE"] });
      const env = { GITHUB_TOKEN: server.token, GITHUB_API_URL: server.url, GITHUB_SERVER_URL: server.url };
      const run = async (...args: string[]) => {
        const { stdout } = await cliBeside(env, repo.dir, "setup", "--github", "--format", "json", ...args);
        const { settings } = JSON.parse(stdout) as SetupDocument;
        return settings?.map(({ id, state }) => `${id} ${state}`);
      };
      const due = ["auto-merge change", "delete-branch change", "squash change", "required-checks change"];
      assert.deepEqual(await run("--dry-run"), due);
      assert.deepEqual([world.autoMergeAllowed, world.rulesets.length], [false, 0]);
      assert.deepEqual(await run(), due);
      assert.deepEqual(
        [world.autoMergeAllowed, world.deleteBranchOnMerge, world.methods, world.rulesets],
        [
          true,
          true,
          ["MERGE", "SQUASH"],
          [
            {
              id: 1,
              name: "agent-foreman",
              target: "branch",
              enforcement: "active",
              conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
              bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
              rules: [
                {
                  type: "required_status_checks",
                  parameters: {
                    strict_required_status_checks_policy: false,
                    required_status_checks: [
                      { context: "agent-foreman", integration_id: 15_368 },
                      { context: "agent-foreman/review" },
                    ],
                  },
                },
              ],
            },
          ],
        ],
      );
      const calls = server.calls.length;
      assert.deepEqual(
        await run(),
        due.map((each) => each.replace("change", "same")),
      );
      assert.ok(server.calls.slice(calls).every(({ method }) => method === "GET"));
      // Somebody adds a rule and closes the way for admins: the rule stays, the way is open again.
      const [ruleset] = world.rulesets;
      Object.assign(ruleset ?? {}, {
        bypass_actors: [{ actor_id: 7, actor_type: "Team", bypass_mode: "pull_request" }],
        rules: [{ type: "deletion" }],
      });
      assert.deepEqual((await run())?.at(-1), "required-checks change");
      const changed = world.rulesets[0];
      const rules = changed?.rules as readonly { type: string }[];
      const actors = changed?.bypass_actors as readonly { actor_type: string }[];
      assert.deepEqual(
        [rules.map(({ type }) => type), actors.map((each) => each.actor_type)],
        [
          ["deletion", "required_status_checks"],
          ["Team", "RepositoryRole"],
        ],
      );
      server.fail("unauthorized");
      const failed = await cliBeside(env, repo.dir, "setup", "--github", "--format", "json");
      assert.deepEqual([failed.exitCode, JSON.parse(failed.stdout).error.code], [2, "github-signed-out"]);
    } finally {
      await server.close();
    }
  });

  describe("its workflow, on the demo's repo", () => {
    const story = buildStory(path.join(tempDir(), "story"));
    const demo = TestRepo.at(story.repo);
    let workflow: Workflow;

    before(async () => {
      cli(demo.dir, "setup");
      demo.git("add", "-A");
      demo.git("commit", "-q", "-m", "chore: the pipeline");
      demo.git("push", "-q", "origin", "HEAD:main");
      workflow = (await workflowTools()).read(read(demo, ci));
    });

    const runJob = (job: Job, branch: string, env: Record<string, string> = {}) =>
      runAsGitHub(job, { repo: demo, origin: story.origin, branch, env });

    const job = (id: string): Job => {
      const found = workflow.jobs[id];
      assert.ok(found, id);
      return found;
    };

    it("runs the project's tests", () => {
      const { code, output } = runJob(job("unit"), "main");
      assert.equal(code, 0, output);
      assert.match(output, /pass \d+/);
    });

    it("stops the branch that would delete what others shipped, and says where", () => {
      const { code, output } = runJob(job("foreman"), "agent/tidy-storage");
      assert.equal(code, 1, output);
      assert.match(output, /^::error file=[^,]+.*title=Lost on merge/m);
      assert.match(output, /^::error .*title=Done%3A losses/m);
    });

    it("judges by the target's program, whatever the change brings along", () => {
      demo.git("switch", "-q", "-c", "agent/sly", "main");
      writeFileSync(path.join(demo.dir, vendored), "process.exit(0)\n");
      const added = { "src/tip.js": "// TODO tips\nexport const tip = 1;\n" };
      demo.commit("feat: tips", added);
      const { code, output } = runJob(job("foreman"), "agent/sly");
      demo.git("switch", "-q", "main");
      assert.equal(code, 1, output);
      assert.match(output, /title=Done%3A debt::New TODO/);
    });

    it("lets a change through that is done", () => {
      demo.git("switch", "-q", "-c", "agent/docs", "main");
      demo.commit("docs: a word", { "docs/word.md": "A word.\n" });
      const { code, output } = runJob(job("foreman"), "agent/docs");
      demo.git("switch", "-q", "main");
      assert.equal(code, 0, output);
    });

    it("is green only when every job passed, or was skipped where that is right", () => {
      const last = job("agent-foreman");
      const verdict = (results: Record<string, string>, skippable = "") => {
        const jobs = Object.fromEntries(Object.entries(results).map(([id, result]) => [id, { result }]));
        return runJob(last, "main", { JOBS: JSON.stringify(jobs), MAY_BE_SKIPPED: skippable }).code;
      };
      assert.equal(verdict({ unit: "success", foreman: "success" }), 0);
      for (const result of ["failure", "cancelled", "skipped"])
        assert.equal(verdict({ unit: "success", foreman: result }), 1, result);
      assert.equal(verdict({ unit: "success", foreman: "skipped" }, "foreman "), 0);
      assert.equal(verdict({ unit: "skipped", foreman: "skipped" }, "foreman "), 1);
    });

    it("takes an empty answer of the reviewer for no review", () => {
      const { steps } = job("review");
      const guard = (env: Record<string, string>) =>
        runJob({ ...job("review"), steps: steps.slice(-2, -1) }, "main", env);
      assert.equal(guard({ FINDINGS: "" }).code, 1);
      assert.equal(guard({ FINDINGS: '{"schemaVersion":1,"findings":[]}' }).code, 0);
      const key = steps.filter(({ name }) => name === "The key is there");
      assert.match(runJob({ ...job("review"), steps: key }, "main", { KEY: "" }).output, /ANTHROPIC_API_KEY/);
    });
  });
});
