import { spawnSync } from "node:child_process";
import path from "node:path";
import { cli } from "../kit/cli";
import { type TestRepo, tempDir } from "../kit/repo";
import { receiptFiles, Story } from "../losses/story";

/** A repo with receipts (#12) landed and on its origin, agent-b whose old tree deletes them, and agent-c, which harms nobody. */
export function shop(folder = "it's a repo"): Story {
  const story = new Story(path.join(tempDir(), folder));
  story.git("branch", "agent-b");
  story.noteStart();
  story.as("agent-a").commit("feat: receipts (#12)", receiptFiles);
  story.repo.write({ "package.json": '{ "type": "module" }\n', ".git/info/exclude": "/package.json\n" });
  const origin = path.join(story.repo.dir, "../origin.git");
  story.git("init", "-q", "--bare", "-b", "main", origin);
  story.git("remote", "add", "origin", origin);
  story.git("push", "-q", "origin", "main");
  story.git("remote", "set-head", "origin", "main");
  story.switch("agent-c", "main").as("agent-c").commit("feat: c", { "src/c.ts": "export const c = 3;\n" });
  story.switch("agent-b").ownWork().softReset();
  return story;
}

export interface Ran {
  readonly status: number | null;
  readonly stderr: string;
}

/** Git as a person runs it, with whatever it says. */
export function git(repo: TestRepo, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const clean = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const options = { cwd: repo.dir, encoding: "utf8", env: { ...process.env, ...clean, ...env } } as const;
  const { status, stderr } = spawnSync("git", args, options);
  return { status, stderr };
}

/** The branches that the origin has. */
export function arrived(story: Story): string[] {
  return story
    .git("ls-remote", "--heads", "origin")
    .split("\n")
    .map((line) => line.replace(/^.*refs\/heads\//, ""));
}

export function install(repo: TestRepo, ...args: string[]): string {
  const result = cli(repo.dir, "hooks", "install", ...args);
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return result.stdout;
}
