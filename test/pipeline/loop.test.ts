import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openFleet } from "../../src/fleet/index";
import { needsYou } from "../../src/fleet/needsYou";
import { askPull } from "../../src/github/askPull";
import { armAutoMerge } from "../../src/github/autoMerge";
import { gitHub } from "../../src/github/client";
import { kept } from "../done/kept";
import { cliBeside } from "../kit/cli";
import { GitHubServer } from "../kit/github";
import { TestRepo, tempDir } from "../kit/repo";
import { runAsGitHub } from "./runJob";
import { workflowTools } from "./tools";

describe("from a pull request to merged by itself", function () {
  this.timeout(240_000);

  it("red gates wait for the agent, findings for a person, and then nobody has to click", async () => {
    const server = await GitHubServer.start();
    const { world } = server;
    try {
      const env = { GITHUB_TOKEN: server.token, GITHUB_API_URL: server.url, GITHUB_SERVER_URL: server.url };
      const repo = TestRepo.init();
      repo.commit("feat: a shop", kept);
      repo.git("remote", "add", "origin", server.remote);
      repo.git("config", "remote.origin.pushurl", world.origin.dir);
      repo.git("push", "-q", "origin", "main");
      repo.git("update-ref", "refs/remotes/origin/main", "main");
      repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");

      // The person sets it up, and what is set is what the server from now on waits for.
      world.autoMergeAllowed = false;
      assert.equal((await cliBeside(env, repo.dir, "setup", "--github")).exitCode, 0);
      repo.commit("chore: the pipeline");
      repo.git("push", "-q", "origin", "main");
      const [ruleset] = world.rulesets as unknown as {
        rules: { parameters: { required_status_checks: { context: string }[] } }[];
      }[];
      world.required =
        ruleset?.rules[0]?.parameters.required_status_checks.map(({ context }) => context) ?? [];
      assert.deepEqual(world.required, ["agent-foreman", "agent-foreman/review"]);
      const text = readFileSync(path.join(repo.dir, ".github/workflows/agent-foreman.yml"), "utf8");
      const { foreman } = (await workflowTools()).read(text).jobs;
      assert.ok(foreman);

      // An agent opens a pull request; it is armed.
      const folder = path.join(tempDir(), "rates");
      repo.git("worktree", "add", "-q", "--no-track", "-b", "agent/rates", folder, "main");
      const agent = repo.at(folder);
      const shop = `${kept["src/shop.ts"]}\nexport const currency = "EUR";\nsell(currency.length);\n`;
      agent.commit("feat: currency", { "src/shop.ts": shop });
      const push = () => agent.git("push", "-q", "origin", "agent/rates");
      push();
      const pull = world.open("agent/rates", { title: "feat: currency" });
      const client = gitHub(server.token, server.url);
      const slug = { host: "127.0.0.1", owner: world.owner, name: world.name };
      const fresh = await askPull(client, slug, pull.number);
      assert.ok(fresh.ok);
      assert.ok((await armAutoMerge(client, slug.host, fresh.value.pull, "squash")).ok);

      const fleet = await openFleet(repo.dir);
      assert.ok(fleet.ok);
      const needs = async () => {
        await fleet.value.refresh();
        await fleet.value.askPulls(async () => client);
        await fleet.value.check();
        await fleet.value.judge();
        return needsYou(fleet.value.snapshot, { commits: 0 }).map(({ reasons }) => reasons.join());
      };
      /** What GitHub Actions does on a push. */
      const runWorkflow = () => {
        const { code, output } = runAsGitHub(foreman, {
          repo: agent,
          origin: world.origin.dir,
          branch: "agent/rates",
        });
        world.check(agent.git("rev-parse", "HEAD"), "agent-foreman", code === 0 ? "SUCCESS" : "FAILURE");
        return output;
      };
      assert.match(runWorkflow(), /title=Done%3A changelog::/);
      assert.deepEqual(await needs(), ["checks-failed,not-done"]);

      // The agent is told, and puts it right.
      const log = kept["CHANGELOG.md"]?.replace("- Export.\n", "- Export.\n- A currency.\n") ?? "";
      agent.commit("docs: changelog", { "CHANGELOG.md": log });
      push();
      runWorkflow();
      assert.deepEqual(await needs(), []);
      assert.equal(pull.state, "OPEN");

      // A reviewer finds something; the merge waits until a person has decided.
      const finding = {
        title: "Why EUR?",
        path: "src/shop.ts",
        quote: 'export const currency = "EUR";',
        severity: "minor",
        category: "bug",
      };
      const file = path.join(tempDir(), "findings.json");
      writeFileSync(
        file,
        JSON.stringify({ schemaVersion: 1, headSha: agent.git("rev-parse", "HEAD"), findings: [finding] }),
      );
      const cliIn = (...args: string[]) => cliBeside(env, folder, ...args);
      const imported = await cliIn("findings", "--import", file, "--publish", "--pull", String(pull.number));
      assert.equal(imported.exitCode, 0, imported.stderr);
      assert.deepEqual([await needs(), pull.state], [["findings,not-done"], "OPEN"]);
      const listed = JSON.parse((await cliIn("findings", "--format", "json")).stdout);
      await cliIn("adjudicate", listed.findings[0].id, "overrule", "--reason", "The shop is in Bonn.");
      const published = await cliIn("findings", "--publish", "--pull", String(pull.number));
      assert.equal(published.exitCode, 0, published.stderr);

      // Nobody clicked: it is merged, its branch is gone there, and its worktree can go here.
      world.sync();
      assert.deepEqual([pull.state, world.tip("agent/rates")], ["MERGED", null]);
      assert.match(world.origin.git("show", "main:src/shop.ts"), /currency = "EUR"/);
      repo.git("fetch", "-q", world.origin.dir, "+main:refs/remotes/origin/main");
      assert.deepEqual(await needs(), []);
      const worktree = fleet.value.snapshot.worktrees.find(({ branch }) => branch === "agent/rates");
      assert.equal(worktree?.landed?.state, "landed");
      fleet.value.dispose();
    } finally {
      await server.close();
    }
  });
});
