import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ciWorkflow } from "../../src/pipeline/ciWorkflow";
import { lookAt } from "../../src/pipeline/look";
import { answerSchema } from "../../src/review/prompt/schemas";
import { tempDir } from "../kit/repo";
import { type Workflow, type WorkflowTools, workflowTools } from "./tools";

const npm = (scripts: object, more: object = {}) => JSON.stringify({ name: "x", scripts, ...more });
const all = { typecheck: "tsc", lint: "biome", test: "node --test", "test:db": "x" };
const compose =
  "services:\n  db:\n    image: postgres:17-alpine\n  cache:\n    image: 'valkey/valkey:8' # c\n";

const repos: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "npm with a lock file, a database and a node version": {
    "package.json": npm(all, { devDependencies: { typescript: "5" } }),
    "package-lock.json": "{}",
    "compose.yaml": compose,
    ".nvmrc": "22\n",
  },
  pnpm: {
    "package.json": npm(all),
    "pnpm-lock.yaml": "",
    "docker-compose.yml": "services:\n  a:\n    image: mysql\n",
  },
  yarn: { "package.json": npm(all), "yarn.lock": "" },
  bun: { "package.json": npm({ test: "bun test" }), "bun.lock": "" },
  Python: { "pyproject.toml": "[tool.pytest.ini_options]\n[tool.ruff]\n", "requirements.txt": "pytest\n" },
  Go: { "go.mod": "module x\n" },
  Rust: { "Cargo.toml": "" },
  "nothing that is known": { "readme.md": "" },
  "names that would break out": {
    "package.json": npm({ "test:$(rm -rf ~)\n  x: y": "x", test: "y", 'lint"; curl x | sh': "z" }),
    "compose.yml": 'services:\n  a:\n    image: "postgres:17$(x)"\n  b:\n    image: postgres\n    x: $(x)\n',
  },
};

describe("the pipeline's workflow", function () {
  this.timeout(120_000);
  let tools: WorkflowTools;
  before(async () => {
    tools = await workflowTools();
  });

  for (const [name, files] of Object.entries(repos))
    for (const review of [true, false])
      it(`is sound for ${name}${review ? "" : ", without a review"}`, async () => {
        const top = tempDir();
        for (const [file, text] of Object.entries(files)) {
          mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
          writeFileSync(path.join(top, file), text);
        }
        for (const source of [{ kind: "vendored" }, { kind: "npm", version: "1.2.3" }] as const) {
          const facts = await lookAt(top, "main");
          const text = ciWorkflow(facts, { source, review, findingSchema: answerSchema });
          assert.deepEqual([await tools.lint(text), await tools.parse(text)], [[], []], text);
          safe(tools.read(text), review);
          // The action runs a program of its own, which would be another one each day.
          const [, secretScan] = /uses: trufflesecurity\/trufflehog@\w+ # v(\S+)/.exec(text) ?? [];
          assert.ok(secretScan);
          const scan = tools.read(text).jobs.secrets?.steps.at(-1);
          assert.equal(scan?.with?.version, secretScan);
        }
      });

  it("is used by this repo itself: its own workflow is sound, and runs its own check and done", async () => {
    const text = readFileSync(path.resolve(__dirname, "../../.github/workflows/ci.yml"), "utf8");
    const complaints = (await tools.lint(text)).filter(
      (each) => !/label "(ubuntu-24\.04|macos-15|windows-2025)"/.test(each),
    );
    assert.deepEqual([complaints, await tools.parse(text)], [[], []]);
    const runs = tools.read(text).jobs.done?.steps.map(({ run }) => run?.split(" ").slice(0, 3).join(" "));
    assert.deepEqual(runs?.slice(-2), ["node dist/cli.js check", "node dist/cli.js done"]);
  });

  it("has the jobs that the repo has commands for", async () => {
    const jobsOf = async (name: string) => {
      const top = tempDir();
      for (const [file, text] of Object.entries(repos[name] ?? {})) writeFileSync(path.join(top, file), text);
      const facts = await lookAt(top, "main");
      const text = ciWorkflow(facts, { source: { kind: "vendored" }, review: true, findingSchema: {} });
      const { jobs } = tools.read(text);
      return Object.entries(jobs).map(
        ([id, { steps }]) => `${id}: ${steps.at(-1)?.run?.split("\n")[0] ?? ""}`,
      );
    };
    const ours = (await jobsOf("nothing that is known")).map((each) => each.split(":")[0]);
    assert.deepEqual(ours, ["secrets", "foreman", "review", "verdict", "agent-foreman"]);
    const npmJobs = await jobsOf("npm with a lock file, a database and a node version");
    assert.deepEqual(npmJobs.slice(0, 4), [
      "typecheck: npm run typecheck",
      "lint: npm run lint",
      "unit: npm run test",
      "database: npm run test:db",
    ]);
    assert.deepEqual((await jobsOf("names that would break out")).slice(0, 2), [
      "unit: npm run test",
      "database: npm run test",
    ]);
    assert.deepEqual((await jobsOf("Python")).slice(0, 2), ["lint: ruff check .", "unit: pytest -q"]);
  });
});

/** Pinned, with the least rights, safe for forks, and nothing unanswered in the last job. */
function safe({ on, permissions, jobs }: Workflow, review: boolean): void {
  assert.ok(!("pull_request_target" in on));
  assert.deepEqual(permissions, { contents: "read" });
  for (const [id, job] of Object.entries(jobs)) {
    assert.ok(job["timeout-minutes"] > 0, id);
    for (const { uses, run } of job.steps) {
      if (uses) assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/, id);
      // What GitHub would put in is no part of a script.
      assert.ok(!run?.includes("${{"), `${id}: ${run}`);
    }
    const writes = Object.entries(job.permissions ?? {}).filter(([, right]) => right === "write");
    assert.deepEqual(
      writes.map(([name]) => name),
      id === "verdict" ? ["pull-requests", "statuses"] : [],
    );
    const secret = JSON.stringify(job).includes("secrets.");
    assert.equal(secret, id === "review");
    if (secret) assert.match(job.if ?? "", /head\.repo\.full_name == github\.repository/);
  }
  const last = jobs["agent-foreman"];
  assert.deepEqual(
    [...(last?.needs ?? [])].sort(),
    Object.keys(jobs)
      .filter((id) => id !== "agent-foreman")
      .sort(),
  );
  assert.equal(last?.if, "always()");
  assert.equal("review" in jobs, review);
}
