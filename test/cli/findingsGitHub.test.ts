import assert from "node:assert/strict";
import { cliBeside, validated } from "../kit/cli";
import { Published } from "../review/publish/kit";

interface Document {
  readonly findings: {
    title: string;
    status: string;
    reviewer: string;
    anchor: { startLine: number } | null;
  }[];
  readonly published?: { review: string; remarks: number; inSummary: number; status: { state: string } };
  readonly reviewed: { reviewer: string; current: boolean }[];
}

describe("agent-foreman findings and the pull request", () => {
  let on: Published;
  beforeEach(async () => {
    on = await Published.open();
    on.git.git("remote", "set-url", "origin", on.server.remote);
  });
  afterEach(() => on.server.close());

  function run(...args: string[]) {
    const env = {
      GITHUB_TOKEN: on.server.token,
      GITHUB_API_URL: on.server.url,
      GITHUB_SERVER_URL: on.server.url,
    };
    return cliBeside(env, on.git.dir, "findings", ...args);
  }
  async function json(...args: string[]): Promise<Document> {
    const { stdout } = await run(...args, "--format", "json");
    return validated<Document>("findings", stdout);
  }

  it("publishes to the open pull request of the branch, and says what it did", async () => {
    await on.review({ title: "Ten is wrong", quote: "const line10 = 10; // changed" });
    await on.decide({ "Ten is wrong": "accept" });
    const { published } = await json("--publish");
    assert.deepEqual(
      [published?.review, published?.remarks, published?.status.state],
      ["added", 1, "failure"],
    );
    const { stdout, exitCode } = await run("--publish", "--pull", "#1");
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /\n1 of 1 decided, 0 open\. Reviewed by Codex, just now\.\nAccepted of decided: Codex 100 % \(1 of 1\)\.\n\nAlready said on #1: 1 at a line, 0 in the summary\. Status: failure, One accepted finding is to be fixed\.\n/,
    );
  });

  it("sets a pending status, and still says that nothing was reviewed", async () => {
    const { exitCode, stderr } = await run("--publish");
    assert.equal(exitCode, 2);
    assert.match(stderr, /Status: pending, Not reviewed\.[\s\S]*was not reviewed: nothing is known of it\./);
    assert.equal(on.status(), "PENDING: Not reviewed");
  });

  it("takes in what others say on the pull request, each thread once, and none that is resolved or its own", async () => {
    await on.review({ title: "Ten is wrong", quote: "const line10 = 10; // changed" });
    await on.decide({ "Ten is wrong": "accept" });
    await json("--publish");
    const pull = on.world.find(1) ?? assert.fail();
    on.world.talk.add(pull, "coderabbitai[bot]", "Actionable comments: 2", [
      {
        path: "src/a.js",
        line: 40,
        body: `_⚠️ Potential issue_ | _🟠 Major_

**Forty is not a number that anybody expects.**

It was 4 before.

<details>
<summary>Prompt for AI Agents</summary>
do something
</details>

\`\`\`suggestion
const line40 = 4;
\`\`\`

<!-- fingerprinting:phantom -->`,
      },
      { path: "src/a.js", line: 41, body: "🧹 Nitpick: **Name the constants better.**" },
    ]);
    on.world.talk.add(pull, "bob", "", [{ path: "src/a.js", line: 9, body: "Why this?\r\nIt is odd." }]);
    const resolved = on.world.talk.threads.find(({ line }) => line === 41) ?? assert.fail();
    resolved.resolved = true;
    const first = await run("--from-pull");
    assert.match(
      first.stderr,
      /^1 finding of coderabbitai, 1 finding of bob \(1 resolved on GitHub, passed over\)\.$/m,
    );
    const { findings, reviewed } = await json("--from-pull");
    assert.deepEqual(
      findings.map((each) => [each.reviewer, each.status, each.anchor?.startLine, each.title]),
      [
        ["Codex", "accepted", 10, "Ten is wrong"],
        ["coderabbitai", "open", 40, "Forty is not a number that anybody expects."],
        ["bob", "open", 9, "Why this?"],
      ],
    );
    assert.deepEqual(
      reviewed.map(({ reviewer, current }) => [reviewer, current]),
      [
        ["Codex", true],
        ["coderabbitai", false],
        ["bob", false],
      ],
    );
    assert.match(
      (await run("--from-pull")).stderr,
      /^Nothing new \(2 known already, 1 resolved on GitHub, passed over\)\.$/m,
    );
  });

  it("counts remarks as no review of the whole, and tells those whose code has changed since", async () => {
    const pull = on.world.find(1) ?? assert.fail();
    on.world.talk.add(pull, "bob", "", [{ path: "src/a.js", line: 10, body: "Ten is odd" }]);
    on.git.commit("fix: ten", { "src/a.js": "const all = [];\n" });
    on.git.git("push", "-q", on.world.origin.dir, "agent/lines");
    const { findings } = await json("--from-pull");
    assert.deepEqual(
      findings.map(({ title, status }) => [title, status]),
      [["Ten is odd", "outdated"]],
    );
    await json("--publish");
    assert.equal(on.status(), "PENDING: Not reviewed as a whole");
  });

  it("says what is missing, with exit code 2", async () => {
    await on.review({ title: "Ten is wrong", quote: "const line10 = 10; // changed" });
    const code = async (...args: string[]) => {
      const { stdout, exitCode } = await run(...args, "--format", "json");
      return [exitCode, JSON.parse(stdout).error.code];
    };
    assert.deepEqual(await code("--publish", "--pull", "x"), [2, "bad-arguments"]);
    assert.deepEqual(await code("--publish", "--pull", "7"), [2, "github-not-found"]);
    Object.assign(on.world.find(1) ?? {}, { state: "CLOSED" });
    assert.deepEqual(await code("--publish"), [2, "no-pull"]);
    const bare = await cliBeside(
      { GITHUB_TOKEN: "", GH_TOKEN: "" },
      on.git.dir,
      "findings",
      "--publish",
      "--format",
      "json",
    );
    assert.equal(JSON.parse(bare.stdout).error.code, "no-token");
    on.git.git("remote", "remove", "origin");
    assert.deepEqual(await code("--publish"), [2, "no-github"]);
  });
});
