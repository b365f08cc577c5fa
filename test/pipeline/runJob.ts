import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { type TestRepo, tempDir } from "../kit/repo";
import type { Job } from "./tools";

interface Where {
  readonly repo: TestRepo;
  /** Where the repo is cloned from. */
  readonly origin: string;
  readonly branch: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the commands of a job as GitHub would, on a checkout of a branch: the first exit code that is not 0, and what they wrote. */
export function runAsGitHub(
  job: Job,
  { repo, origin, branch, env = {} }: Where,
): { code: number; output: string } {
  const root = tempDir();
  const checkout = path.join(root, "work");
  repo.git("clone", "-q", origin, checkout);
  const head = repo.git("rev-parse", branch);
  repo.at(checkout).git("fetch", "-q", repo.dir, head);
  repo.at(checkout).git("checkout", "-q", "--detach", head);
  mkdirSync(path.join(root, "temp"));
  let [code, output] = [0, ""];
  for (const step of job.steps) {
    if (step.run === undefined || (code !== 0 && step.if === undefined)) continue;
    // What needs GitHub itself is tested with its server.
    const script = step.run.replaceAll(" --github", "");
    const result = spawnSync("bash", ["-e", "-c", script], {
      cwd: checkout,
      encoding: "utf8",
      env: {
        ...process.env,
        GITHUB_ACTIONS: "",
        RUNNER_TEMP: path.join(root, "temp"),
        BASE: "origin/main",
        ...env,
      },
    });
    output += result.stdout + result.stderr;
    code ||= result.status ?? 1;
  }
  return { code, output };
}
