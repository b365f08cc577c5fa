import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Repo } from "../../../src/git/repo";
import { TestRepo, tempDir } from "../../kit/repo";

/** A bare clone that shares the source's objects: what the bench writes never reaches the source. */
export class BenchRepo {
  readonly dir: string;
  readonly repo: Repo;

  constructor(source: string) {
    this.dir = path.join(tempDir("agent-foreman-bench-"), "repo.git");
    execFileSync("git", ["clone", "-q", "--bare", "--shared", source, this.dir]);
    this.repo = { dir: this.dir, commonDir: this.dir, top: null, bare: true };
  }

  git(args: readonly string[], env: Readonly<Record<string, string>> = {}, input?: string | Buffer): string {
    return execFileSync("git", args, {
      cwd: this.dir,
      encoding: "utf8",
      maxBuffer: 1 << 30,
      env: { ...process.env, ...person, ...env },
      stdio: ["pipe", "pipe", "ignore"],
      ...(input === undefined ? {} : { input }),
    }).trimEnd();
  }

  /** Null instead of an error. */
  try(args: readonly string[]): string | null {
    try {
      return this.git(args);
    } catch {
      return null;
    }
  }

  text(name: string): string | null {
    try {
      const bytes = execFileSync("git", ["cat-file", "blob", name], {
        cwd: this.dir,
        maxBuffer: 1 << 30,
        stdio: ["ignore", "pipe", "ignore"],
      });
      return bytes.includes(0) ? null : bytes.toString("latin1");
    } catch {
      return null;
    }
  }

  /** A tree with some files set otherwise (null: deleted); contents are latin1. */
  tree(from: string, files: Readonly<Record<string, string | null>>): string {
    const env = { GIT_INDEX_FILE: path.join(this.dir, "bench-index") };
    this.git(["read-tree", from], env);
    for (const [name, text] of Object.entries(files)) {
      const entry = this.git(["ls-tree", from, "--", name]).split(/\s/)[0] || "100644";
      const oid =
        text === null
          ? "0".repeat(40)
          : this.git(["hash-object", "-w", "--stdin"], {}, Buffer.from(text, "latin1"));
      this.git(["update-index", "--index-info"], env, `${text === null ? "0" : entry} ${oid}\t${name}\n`);
    }
    return this.git(["write-tree", "--missing-ok"], env);
  }

  commit(tree: string, parents: readonly string[], message: string): string {
    return this.git(["commit-tree", "-m", message, ...parents.flatMap((oid) => ["-p", oid]), tree]);
  }

  /** The tree of a merge that takes the own side wherever the two conflict, by index and files as a person would. */
  mergeOurs(ours: string, theirs: string): string | null {
    const work = tempDir("agent-foreman-bench-");
    const env = { GIT_WORK_TREE: work, GIT_INDEX_FILE: path.join(work, ".index"), GIT_DIR: this.dir };
    const fork = this.try(["merge-base", ours, theirs]);
    if (!fork) return null;
    try {
      this.git(["read-tree", "-m", "--aggressive", "-i", fork, ours, theirs], env);
      const open = this.git(["ls-files", "--unmerged"], env).split("\n");
      for (const name of new Set(open.flatMap((line) => line.split("\t")[1] ?? [])))
        this.settleOurs(name, fork, ours, theirs, env);
      return this.git(["write-tree", "--missing-ok"], env);
    } catch {
      return null;
    }
  }

  private settleOurs(
    name: string,
    fork: string,
    ours: string,
    theirs: string,
    env: Record<string, string>,
  ): void {
    const sides = [ours, fork, theirs].map((commit, i) => {
      const file = path.join(tempDir("agent-foreman-bench-"), String(i));
      writeFileSync(file, Buffer.from(this.text(`${commit}:${name}`) ?? "", "latin1"));
      return file;
    });
    const text = execFileSync("git", ["merge-file", "-p", "--ours", ...sides]);
    const oid = this.git(["hash-object", "-w", "--stdin"], {}, text);
    this.git(["update-index", "--index-info"], env, `0 ${"0".repeat(40)}\t${name}\n100644 ${oid}\t${name}\n`);
  }

  /** The merged tree, or null where it conflicts. */
  merge(ours: string, theirs: string): string | null {
    return this.try(["merge-tree", "--write-tree", "--no-messages", ours, theirs])?.split("\n")[0] ?? null;
  }
}

const person = {
  GIT_AUTHOR_NAME: "agent-b",
  GIT_AUTHOR_EMAIL: "agent-b@example.com",
  GIT_COMMITTER_NAME: "agent-b",
  GIT_COMMITTER_EMAIL: "agent-b@example.com",
};

/** One pull request as it stood when it was merged. */
export interface Pair {
  readonly base: string;
  readonly head: string;
}

/** Real merges of the first-parent line; where there are hardly any, each commit as a pull request on its parent. */
export function readPairs(bench: BenchRepo, count: number): Pair[] {
  const lines = (args: readonly string[]) =>
    bench
      .git(["log", "--first-parent", `--max-count=${count * 3}`, "--format=%H %P", ...args, "HEAD"])
      .split("\n")
      .map((line) => line.split(" "));
  const merges = lines(["--merges"]).filter((words) => words.length === 3);
  const pairs =
    merges.length >= count / 2
      ? merges.map(([, base = "", head = ""]) => ({ base, head }))
      : lines(["--no-merges"]).flatMap(([head = "", base]) => (base ? [{ base, head }] : []));
  // Every third: near ones share too much of their history to tell more.
  return pairs.filter((_, i) => i % 3 === 0 || pairs.length < count * 2).slice(0, count);
}

/** A history of its own where none is given: `files` files, `merges` pull requests merged from real forks. */
export function generate(files: number, merges: number): string {
  const repo = TestRepo.init();
  const name = (i: number) => `src/area${i % 40}/part${i % 7}/module${i}.ts`;
  const body = (i: number, round: number) =>
    Array.from(
      { length: 40 },
      (_, line) => `export const value${i}_${line} = make(${line % 5 === round % 5 ? round : 0}, "m${i}");`,
    ).join("\n");
  repo.commit(
    "start",
    Object.fromEntries(Array.from({ length: files }, (_, i) => [name(i), `${body(i, 0)}\n`])),
  );
  for (let round = 1; round <= merges; round++) {
    repo.git("switch", "-q", "-c", `pull${round}`, `main~${Math.min(round - 1, (round * 7) % 12)}`);
    const touched = [(round * 37) % files, (round * 91 + 5) % files, (round * 13) % 60];
    repo.commit(`feat: change ${round}`, {
      ...Object.fromEntries(touched.map((i) => [name(i), `${body(i, round)}\n`])),
      [`src/new/feature${round}.ts`]: `${body(files + round, round)}\n`,
    });
    repo.git("switch", "-q", "main");
    repo.git(
      "merge",
      "-q",
      "--no-ff",
      "-X",
      "theirs",
      "-m",
      `Merge pull request #${round} from x/pull${round}`,
      `pull${round}`,
    );
  }
  return repo.dir;
}
