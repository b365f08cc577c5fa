import { foremanJob, reviewable, reviewJob, type Source, verdictJob } from "./foremanJobs";
import type { Facts } from "./look";
import { actions, trufflehogVersion } from "./pins";
import { prepare } from "./toolchain";
import { expression, writeYaml, type Yaml, type YamlMap } from "./yaml";

/** The one check that a merge waits for. */
export const requiredCheck = "agent-foreman";

export interface Choices {
  readonly source: Source;
  readonly review: boolean;
  /** What a reviewer answers, as a JSON Schema. */
  readonly findingSchema: object;
}

/** The workflow: the project's own jobs, secrets, Agent Foreman, the review, and one job that all of them end in. */
export function ciWorkflow(facts: Facts, { source, review, findingSchema }: Choices): string {
  const own = Object.fromEntries(facts.jobs.map(({ id, name, command }) => [id, job(facts, name, command)]));
  const jobs: Record<string, YamlMap> = {
    ...own,
    ...databaseJob(facts),
    secrets: secretsJob,
    foreman: foremanJob(source),
    ...(review ? { review: reviewJob(findingSchema), verdict: verdictJob(source) } : {}),
  };
  const head: YamlMap = {
    name: "Agent Foreman",
    on: { pull_request: {}, push: { branches: [facts.branch] }, merge_group: {} },
    permissions: { contents: "read" },
    concurrency: {
      group: `agent-foreman-${expression("github.ref")}`,
      "cancel-in-progress": expression("github.event_name == 'pull_request'"),
    },
  };
  const all = { ...jobs, [requiredCheck]: lastJob(Object.keys(jobs)) };
  const texts = Object.entries(all).map(([id, each]) => writeYaml({ [id]: each as Yaml }, 1));
  return `${writeYaml(head)}\njobs:\n${texts.join("\n")}`
    .replace(/^(name|on|permissions|concurrency):/gm, "\n$1:")
    .slice(1);
}

function job(facts: Facts, name: string, command: string, more: YamlMap = {}): YamlMap {
  return {
    name,
    "runs-on": "ubuntu-latest",
    "timeout-minutes": 30,
    ...more,
    steps: [...prepare(facts), { run: command }],
  };
}

const databaseScripts = ["test:db", "test:database", "test:integration", "test:e2e", "integration"];

function databaseJob(facts: Facts): Record<string, YamlMap> {
  const { databases, scripts, packageManager } = facts;
  if (databases.length === 0) return {};
  const script = databaseScripts.find((each) => scripts.has(each));
  const command =
    script && packageManager
      ? `${packageManager} run ${script}`
      : facts.jobs.find(({ id }) => id === "unit")?.command;
  if (command === undefined) return {};
  const services = Object.fromEntries(databases.map(({ kind, service }) => [kind, service]));
  const env = Object.assign({}, ...databases.map((each) => each.env));
  return { database: job(facts, "Database tests", command, { services, env }) };
}

const secretsJob: YamlMap = {
  name: "Secrets",
  if: "github.event_name != 'merge_group'",
  "runs-on": "ubuntu-latest",
  "timeout-minutes": 15,
  steps: [
    { uses: actions.checkout, with: { "fetch-depth": 0, "persist-credentials": false } },
    {
      uses: actions.trufflehog,
      with: { version: trufflehogVersion, extra_args: "--results=verified,unknown" },
    },
  ],
};

/** Fails unless every other job passed, or was skipped where that is right: a job that is skipped looks green to GitHub. */
function lastJob(others: readonly string[]): YamlMap {
  const skippable = [
    expression("github.event_name == 'push' && 'foreman' || ''"),
    expression("github.event_name == 'merge_group' && 'secrets' || ''"),
    ...(others.includes("review") ? [expression(`!(${reviewable}) && 'review verdict' || ''`)] : []),
  ];
  return {
    name: requiredCheck,
    if: "always()",
    needs: others,
    "runs-on": "ubuntu-latest",
    "timeout-minutes": 5,
    permissions: {},
    steps: [
      {
        name: "Every job passed",
        env: { JOBS: expression("toJSON(needs)"), MAY_BE_SKIPPED: skippable.join(" ") },
        run: everyJobPassed,
      },
    ],
  };
}

const everyJobPassed = `node -e '
const skippable = process.env.MAY_BE_SKIPPED.split(" ");
const jobs = Object.entries(JSON.parse(process.env.JOBS));
const bad = jobs.filter(([name, { result }]) => result !== "success" && !(result === "skipped" && skippable.includes(name)));
for (const [name, { result }] of bad) console.log(\`::error title=\${name}::\${result}\`);
process.exitCode = bad.length > 0 ? 1 : 0;
'
`;
