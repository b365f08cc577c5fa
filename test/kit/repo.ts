import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const author = {
  GIT_AUTHOR_NAME: "Ann",
  GIT_AUTHOR_EMAIL: "ann@example.com",
  GIT_COMMITTER_NAME: "Ann",
  GIT_COMMITTER_EMAIL: "ann@example.com",
  // Nothing of the machine that runs the tests may leak into them.
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

const tempDirs: string[] = [];
process.once("exit", () => {
  for (const dir of tempDirs) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

/** Makes a temp folder that is removed when the test process ends. */
export function tempDir(prefix = "agent-foreman-"): string {
  const dir = realpathSync(mkdtempSync(path.join(tmpdir(), prefix)));
  tempDirs.push(dir);
  return dir;
}

/** A real repo in a temp folder, for tests. Every call is a plain git command; a failing one throws. */
export class TestRepo {
  /** Added to git's environment, for example another author or a date. */
  env: Readonly<Record<string, string>> = {};

  private constructor(readonly dir: string) {}

  /** A repo, or a worktree, that is there already. */
  static at(dir: string): TestRepo {
    return new TestRepo(dir);
  }

  /** `git init` with `main` as its branch and no commit. */
  static init(dir = path.join(tempDir(), "repo"), ...options: string[]): TestRepo {
    mkdirSync(dir, { recursive: true });
    const repo = new TestRepo(dir);
    repo.git("init", "-q", "-b", "main", ...options);
    return repo;
  }

  /** A repo with one commit (`readme.md`) and a bare origin that has it too. */
  static withOrigin(): { repo: TestRepo; origin: TestRepo } {
    const root = tempDir();
    const origin = TestRepo.init(path.join(root, "origin.git"), "--bare");
    const repo = TestRepo.init(path.join(root, "repo"));
    repo.commit("first", { "readme.md": "hello\n" });
    repo.git("remote", "add", "origin", origin.dir);
    repo.git("push", "-q", "origin", "main");
    repo.git("remote", "set-head", "origin", "main");
    return { repo, origin };
  }

  /** The same helper on another folder of the repo, for example a worktree. */
  at(dir: string): TestRepo {
    return new TestRepo(path.resolve(this.dir, dir));
  }

  git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.dir,
      encoding: "utf8",
      env: { ...process.env, ...author, ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 28,
    }).trimEnd();
  }

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.dir, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** Writes the files, adds everything and commits; returns the commit's id. */
  commit(message: string, files: Readonly<Record<string, string | Buffer>> = {}): string {
    this.write(files);
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", message);
    return this.git("rev-parse", "HEAD");
  }
}
