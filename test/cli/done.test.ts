import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { DoneDocument } from "../../src/model/done";
import { standing, story } from "../done/kept";
import { cli, cliBeside, cliJson, cliWith, validated } from "../kit/cli";
import { GitHubServer } from "../kit/github";
import { tempDir } from "../kit/repo";

const feature = (more = "") => ({
  message: `feat: rates${more}`,
  files: { "src/rates.ts": "export const rates = 1;\n// TODO more\n" },
});

describe("agent-foreman done", () => {
  it("says what is red, where, and what to do", () => {
    const { dir } = story([feature()]);
    const { exitCode, stdout, stderr } = cli(dir, "done", "--base", "main");
    assert.deepEqual([exitCode, stderr], [1, ""]);
    assert.deepEqual(stdout.split("\n"), [
      "Not done: HEAD on main. 2 of 5 gates are red.",
      "",
      "RED      changelog    The change has no changelog entry.",
      "  CHANGELOG.md:3: Nothing here tells of: feat: rates",
      "  To do: Add a line to CHANGELOG.md that users understand.",
      "",
      "RED      debt         The change leaves 2 things behind.",
      "  src/rates.ts:2: New TODO, without a ticket: // TODO more",
      "  src/rates.ts: Nothing imports this new file.",
      "  To do: Finish or remove them; what must wait gets a ticket, named beside it.",
      "",
      "ok       losses       The merge loses nothing.",
      "-        review       It was not reviewed, and need not be.",
      "-        checks       The project's own checks were not run here, and need not be.",
      "ok       docs         The documents name nothing that is gone.",
      "ok       conventions  What the conventions name is there.",
      "-        ticket       The change names no ticket.",
      "",
      "What is meant to stay so: say why, in a commit or in the pull request, with the line",
      "  Waive-gate: GATE REASON      (docs, conventions, changelog, ticket, debt)",
      "",
    ]);
  });

  it("prints the document of its schema, the second time from its memory", () => {
    const { dir } = story([feature()]);
    const first = cliJson<DoneDocument>("done", dir, "done", "--base", "main");
    assert.deepEqual(cliJson("done", dir, "done", "--base", "main"), first);
    assert.deepEqual([first.verdict, first.head.ref, first.pull], ["not-done", "HEAD", null]);
    assert.equal(cli(dir, "done", "--base", "main", "--head", "main").exitCode, 0);
  });

  it("writes annotations that no file name and no waiver can break out of", () => {
    const name = "src/a,b:c%0A::warning::x\n::error::y.ts";
    const told = {
      message: "refactor: odd\n\nWaive-gate: ticket none\nWaive-gate: changelog ::error::x",
      files: { [name]: "// TODO ::error::z\n", "src/log.ts": "export const x = 1;\n" },
    };
    const { dir } = story([told]);
    const { exitCode, stdout } = cli(dir, "done", "--base", "main", "--format", "github");
    assert.equal(exitCode, 1);
    const lines = stdout.trimEnd().split("\n");
    for (const line of lines) assert.match(line, /^::(error|warning|notice) (file=[^:]*,)?title=[^:]*::/);
    assert.ok(
      lines.some((line) => line.startsWith("::error file=src/a%2Cb%3Ac%250A%3A%3Awarning")),
      stdout,
    );
  });

  it("cannot tell, and says so, where something was not looked at", () => {
    const { dir } = story([{ message: "docs: words\n\nCloses #3", files: { "docs/words.md": "Words.\n" } }]);
    const result = cli(dir, "done", "--base", "main");
    assert.equal(result.exitCode, 2);
    assert.match(result.stdout, /^Cannot tell whether HEAD on main is done: 1 gate unknown\./);
    assert.match(result.stderr, /not every gate could be judged/);
    const code = (...args: string[]) => {
      const { exitCode, stdout } = cli(dir, "done", "--format", "json", ...args);
      return [exitCode, JSON.parse(stdout).error.code];
    };
    assert.deepEqual(code("--base", "nowhere"), [2, "unknown-ref"]);
    assert.deepEqual(code("--base", "main", "--github"), [2, "no-github"]);
    assert.deepEqual(code("--method", "fast"), [2, "bad-arguments"]);
  });

  it("reads the pull request that a workflow runs for, without the network", () => {
    const { dir } = story([{ message: "wip", files: { "src/log.ts": "export const log = 1;\n" } }]);
    const event = path.join(tempDir(), "event.json");
    const env = { GITHUB_ACTIONS: "true", GITHUB_EVENT_PATH: event };
    const run = () =>
      validated<DoneDocument>("done", cliWith(env, dir, "done", "--base", "main", "--format", "json").stdout);
    assert.deepEqual(Object.keys(standing(run())), ["changelog fail"]);
    writeFileSync(event, JSON.stringify({ pull_request: { number: 9, title: "docs: words", body: null } }));
    assert.deepEqual([standing(run()), run().pull], [{}, 9]);
    writeFileSync(event, '{"pull_request":{"number":"9"}}');
    assert.equal(run().pull, null);
  });

  it("asks GitHub for the pull request's words and the tickets' criteria", async () => {
    const server = await GitHubServer.start();
    try {
      const repo = story([{ message: "docs: words", files: { "docs/words.md": "Words.\n" } }]);
      repo.git("remote", "add", "origin", server.remote);
      repo.git("push", "-q", server.world.origin.dir, "main", "agent");
      repo.git("update-ref", "refs/remotes/origin/main", "main");
      repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
      server.world.issues.set(71, "# Words\n\n- [x] short\n- [ ] true\n* [ ] kind\n");
      server.world.issues.set(72, "Nothing to tick.");
      server.world.open("agent", { title: "docs: words", body: "Closes #71, fixes #72. Resolves #99" });
      const env = {
        GITHUB_TOKEN: server.token,
        GITHUB_API_URL: server.url,
        GITHUB_SERVER_URL: server.url,
        GITHUB_ACTIONS: "",
      };
      const ask = () => cliBeside(env, repo.dir, "done", "--github", "--format", "json");
      const answer = await ask();
      assert.deepEqual(standing(validated("done", answer.stdout)), {
        "ticket fail": ["#71 asks for: true", "#71 asks for: kind", "There is no ticket #99."],
      });
      assert.equal(answer.exitCode, 1);
      server.world.issues.set(71, "- [X] true");
      server.world.issues.set(99, "");
      assert.deepEqual((await ask()).exitCode, 0);
      // In a workflow it is asked for by its number, as it is now.
      const event = path.join(tempDir(), "event.json");
      writeFileSync(event, JSON.stringify({ pull_request: { number: 1, title: "wip", body: "Closes #98" } }));
      const workflow = { ...env, GITHUB_ACTIONS: "true", GITHUB_EVENT_PATH: event };
      repo.git("switch", "-q", "--detach");
      const again = await cliBeside(workflow, repo.dir, "done", "--github", "--format", "json");
      assert.deepEqual([again.exitCode, JSON.parse(again.stdout).pull], [0, 1]);
      repo.git("switch", "-q", "agent");
      server.fail("unauthorized");
      const failed = await ask();
      assert.deepEqual([failed.exitCode, JSON.parse(failed.stdout).error.code], [2, "github-signed-out"]);
    } finally {
      await server.close();
    }
  });
});
