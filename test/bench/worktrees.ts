import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pLimit from "p-limit";
import { Fleet } from "../../src/fleet/index";
import { openRepo, type Repo } from "../../src/git/repo";

import { notesDir } from "../../src/store/home";
import { createWorktree } from "../../src/worktrees/create";
import { TestRepo } from "../kit/repo";
import { report, sideBySide } from "./measure";

const exec = promisify(execFile);
const git = (dir: string, ...args: string[]) => exec("git", args, { cwd: dir, maxBuffer: 1 << 28 });
// As many git processes at once as the product itself runs.
const concurrency = Math.max(4, availableParallelism() * 2);

async function open(dir: string): Promise<Repo> {
  const repo = await openRepo(dir);
  if (!repo.ok) throw new Error(repo.refusal.message);
  return repo.value;
}

/** A repo of `files` small files in folders of twenty, with an origin that has a few commits more. */
export function buildRepo(files: number): TestRepo {
  const { repo } = TestRepo.withOrigin();
  const tree: Record<string, string> = {};
  for (let i = 0; i < files; i++) {
    tree[`src/area${i % 50}/part${Math.floor(i / 1000)}/file${i}.ts`] =
      `export const value${i} = ${i};\n`.repeat(12);
  }
  repo.commit("a program", tree);
  for (let i = 0; i < 30; i++) repo.commit(`feat: change ${i}`, { [`src/area${i}/extra.ts`]: `${i}\n` });
  repo.git("push", "-q", "origin", "main");
  return repo;
}

/** Adds worktrees until there are `total` besides the main one; each has a commit of its own. */
function addWorktrees(repo: TestRepo, total: number): void {
  const have = repo.git("worktree", "list").split("\n").length - 1;
  for (let i = have; i < total; i++) {
    const dir = `${repo.dir}.worktrees/agent${i}`;
    repo.git("worktree", "add", "-q", "--no-track", "-b", `agent/${i}`, dir, `main~${i % 25}`);
    repo.at(dir).commit(`work ${i}`, { [`src/agent${i}.ts`]: `${i}\n` });
  }
}

export async function benchList(repo: TestRepo, totals: readonly number[]): Promise<void> {
  const opened = await open(repo.dir);
  const refreshes: { total: number; median: number }[] = [];
  for (const total of totals) {
    addWorktrees(repo, total);
    const paths = repo
      .git("worktree", "list", "--porcelain")
      .split("\n")
      .flatMap((line) => (line.startsWith("worktree ") ? [line.slice(9)] : []));
    const slots = pLimit(concurrency);
    const bareAll = () => Promise.all(paths.map((dir) => slots(() => git(dir, "status", "--porcelain"))));
    const cold = await sideBySide(
      total > 100 ? 3 : 7,
      async () => {
        // What was found out before is on disk, and would make it a warm list.
        rmSync(path.join(notesDir(opened.commonDir), "cache"), { recursive: true, force: true });
        const fleet = new Fleet(opened);
        await fleet.refresh();
        if (!fleet.snapshot.complete || fleet.snapshot.problem) throw new Error("list failed");
        fleet.dispose();
      },
      bareAll,
    );
    report(`list: ${paths.length} worktrees, cold`, cold, 1.3);

    const fleet = new Fleet(opened);
    await fleet.refresh();
    const one = paths.at(-1) ?? repo.dir;
    const edit = (round: number) => repo.at(one).write({ "src/area1/part0/file1.ts": `edited ${round}\n` });
    const refresh = await sideBySide(
      21,
      async (round) => {
        edit(round);
        await fleet.refresh({ paths: [one] });
      },
      async (round) => {
        edit(round + 1000);
        await git(one, "status", "--porcelain");
      },
    );
    fleet.dispose();
    report(`refresh: one file changed, ${paths.length} worktrees`, refresh, 1.5);
    refreshes.push({ total: paths.length, median: refresh.ours.median });
  }
}
export async function benchNew(repo: TestRepo): Promise<void> {
  const opened = await open(repo.dir);
  const result = await sideBySide(
    9,
    async (round) => {
      const made = await createWorktree(opened, { name: `ours ${round}` });
      if (!made.ok) throw new Error(made.refusal.message);
    },
    async (round) => {
      await git(repo.dir, "fetch", "--quiet", "origin", "main");
      const dir = `${repo.dir}.worktrees/bare-${round}`;
      await git(repo.dir, "worktree", "add", "--no-track", "-b", `bare/${round}`, dir, "origin/main");
    },
  );
  report("new: a worktree of 5,000 files", result, 1.15);
}
