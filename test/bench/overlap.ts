import { execFileSync } from "node:child_process";
import path from "node:path";
import { openRepo, type Repo } from "../../src/git/repo";
import type { Oid } from "../../src/model/worktree";
import { findOverlaps, type Tip } from "../../src/overlap";
import { TestRepo, tempDir } from "../kit/repo";
import { figure, summary } from "./measure";
import { numbers } from "./numbers";

const files = 4_500;
const landings = 200;
const lines = 80;

interface Office {
  readonly repo: TestRepo;
  readonly target: Oid;
  readonly tips: readonly Tip[];
}

/**
 * 4,500 files and 200 landings; off the last hundred of these, `branches` that edit eight to twenty files each, two of
 * them among the forty that everybody edits, and move one. `log`: each also puts a line at the top of the same file.
 */
export function buildOffice(branches: number, log: boolean): Office {
  const below = numbers(11);
  const pathOf = (file: number): string =>
    `src/area${file % 60}/part${Math.floor(file / 900)}/file${file}.ts`;
  const textOf = (file: number, edition = 0, from = 0): string =>
    Array.from(
      { length: lines },
      (_, i) => `export const v${file}x${i} = of(${i}, ${i >= from && i < from + 6 ? edition : 0});\n`,
    ).join("");
  const stream: string[] = [];
  let mark = 0;
  const commit = (ref: string, changes: readonly string[], from?: number): number => {
    mark++;
    stream.push(
      `commit refs/heads/${ref}\nmark :${mark}\ncommitter Ann <ann@example.com> ${1_700_000_000 + mark * 60} +0000\n`,
      `data 1\nx\n${from === undefined ? "" : `from :${from}\n`}`,
      ...changes,
    );
    return mark;
  };
  const put = (name: string, text: string): string =>
    `M 100644 inline ${name}\ndata ${text.length}\n${text}\n`;
  const edit = (file: number): string => put(pathOf(file), textOf(file, mark + 1, below(lines)));
  const entries = Array.from({ length: 300 }, (_, i) => `- entry ${i}\n`).join("");
  const all = Array.from({ length: files }, (_, file) => put(pathOf(file), textOf(file)));
  const main = [commit("main", [...all, put("CHANGELOG.md", entries)])];
  for (let i = 0; i < landings; i++)
    main.push(
      commit(
        "main",
        Array.from({ length: 1 + below(5) }, () => edit(40 + below(files - 40))),
        main.at(-1),
      ),
    );
  for (let branch = 0; branch < branches; branch++) {
    const own = Array.from({ length: 6 + below(13) }, () => edit(40 + below(files - 40)));
    const common = [edit(below(40)), edit(below(40))];
    const moved = 100 + branch * 3;
    const move = [`D ${pathOf(moved)}\n`, put(`src/moved/file${moved}.ts`, textOf(moved))];
    const entry = log ? [put("CHANGELOG.md", `- of branch ${branch}\n${entries}`)] : [];
    commit(`b${branch}`, [...own, ...common, ...move, ...entry], main[landings - 100 + below(100)]);
  }
  const repo = TestRepo.init();
  execFileSync("git", ["fast-import", "--quiet"], { cwd: repo.dir, input: stream.join("") });
  const heads = repo
    .git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/b*")
    .split("\n");
  const tips = heads.map((line) => {
    const [id = "", head = ""] = line.split(" ");
    return { id, head };
  });
  return { repo, target: repo.git("rev-parse", "main"), tips };
}

/** A repo of the same objects of which nothing is remembered yet. */
async function fresh({ repo }: Office): Promise<Repo> {
  const dir = path.join(tempDir(), "repo.git");
  repo.git("clone", "-q", "--bare", "--local", ".", dir);
  const opened = await openRepo(dir);
  if (!opened.ok) throw new Error(opened.refusal.message);
  return opened.value;
}

/** Which branches meet and which pairs would conflict: asked for the first time, again, and after one has moved on. */
export async function benchOverlap(branches: number): Promise<void> {
  for (const log of [false, true]) {
    const office = buildOffice(branches, log);
    const { target, tips } = office;
    const timed = async (repo: Repo, who: readonly Tip[]) => {
      const began = performance.now();
      const found = await findOverlaps(repo, target, who);
      const kinds = [...found.values()].flatMap((all) => all?.map(({ kind }) => kind) ?? []);
      const pairs = `${kinds.length / 2} pairs meet, ${kinds.filter((kind) => kind === "conflict").length / 2} conflict`;
      return { ms: performance.now() - began, pairs };
    };
    const cold: number[] = [];
    const warm: number[] = [];
    const moved: number[] = [];
    let what = "";
    for (let round = 0; round < 5; round++) {
      const repo = await fresh(office);
      const first = await timed(repo, tips.slice(0, -1));
      what = first.pairs;
      cold.push(first.ms);
      warm.push((await timed(repo, tips.slice(0, -1))).ms);
      moved.push((await timed(repo, tips)).ms);
    }
    const name = `overlap, ${branches - 1} branches, ${log ? "one file that all edit" : "4,500 files"}`;
    const say = (when: string, times: readonly number[], goal: number) => {
      const { median, p95 } = summary(times);
      const value = `${median.toFixed(0)} ms (p95 ${p95.toFixed(0)} ms)`;
      figure(`${name}, ${when}`, value, `≤ ${goal} ms`, median <= goal);
    };
    say(`cold (${what})`, cold, 2_000);
    say("remembered", warm, 50);
    say("one more branch", moved, 500);
  }
}
