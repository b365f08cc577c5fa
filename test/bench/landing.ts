import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { openRepo } from "../../src/git/repo";
import { findLanded } from "../../src/landing";
import { examine } from "../../src/landing/examine";
import { TestRepo } from "../kit/repo";
import { figure, report, sideBySide } from "./measure";
import { numbers } from "./numbers";

const exec = promisify(execFile);
const files = 5_000;
const landings = 2_000;

/**
 * A target with 2,000 landings in 5,000 files, of which two are changed by every fourth; from its first sixty,
 * `branches` with one to four commits each, none of them landed, and `long` with 200.
 */
function buildLandings(branches: number): TestRepo {
  const below = numbers(7);
  const pathOf = (file: number): string => `src/area${file % 70}/file${file}.ts`;
  const textOf = (file: number, edition: number, lines = 60): string =>
    Array.from(
      { length: lines },
      (_, i) => `export const v${file}x${i} = of(${i}, ${i % 7 === edition % 7 ? edition : 0});\n`,
    ).join("");
  const stream: string[] = [];
  let mark = 0;
  const commit = (ref: string, subject: string, tree: Record<string, string>, from = 0): number => {
    mark++;
    stream.push(
      `commit refs/heads/${ref}\nmark :${mark}\ncommitter Ann <ann@example.com> ${1_700_000_000 + mark * 60} +0000\n`,
      `data ${subject.length}\n${subject}\n${from ? `from :${from}\n` : ""}`,
      ...Object.entries(tree).map(
        ([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`,
      ),
    );
    return mark;
  };
  const edits = (edition: number, most: number): Record<string, string> => {
    const chosen = Array.from({ length: 1 + below(most) }, () => below(files));
    const hot = below(4) === 0 ? { "package.json": textOf(below(2), edition, 200) } : {};
    return { ...Object.fromEntries(chosen.map((file) => [pathOf(file), textOf(file, edition)])), ...hot };
  };
  const all = Array.from({ length: files }, (_, file) => [pathOf(file), textOf(file, 0)]);
  const main = [commit("main", "import", Object.fromEntries(all))];
  for (let i = 1; i <= landings; i++) main.push(commit("main", `landing ${i}`, edits(i, 6), main.at(-1)));
  for (let branch = 0; branch < branches; branch++) {
    let tip = main[below(60)] ?? 1;
    const commits = 1 + below(4);
    for (let i = 0; i < commits; i++)
      tip = commit(`b${branch}`, `work ${i}`, edits(9_000 + branch * 4 + i, 4), tip);
  }
  let tip = 1;
  for (let i = 0; i < 200; i++) tip = commit("long", `work ${i}`, edits(20_000 + i, 4), tip);
  const repo = TestRepo.init();
  execFileSync("git", ["fast-import", "--quiet"], { cwd: repo.dir, input: stream.join("") });
  return repo;
}

/**
 * What landed: of many branches against reading their and the target's history alone, of a long one against
 * `git cherry`, which answers less and not always right.
 */
export async function benchLanding(branches: number): Promise<void> {
  const repo = buildLandings(branches);
  const opened = await openRepo(repo.dir);
  if (!opened.ok) throw new Error(opened.refusal.message);
  const target = repo.git("rev-parse", "main");
  const heads = repo.git("for-each-ref", "--format=%(objectname)", "refs/heads/b*").split("\n");
  const git = (...args: string[]) => exec("git", args, { cwd: repo.dir, maxBuffer: 1 << 28 });
  const raw = ["--raw", "-z", "--no-abbrev"];
  report(
    `landed, ${branches} branches, ${landings} landings, cold`,
    await sideBySide(
      5,
      () => examine(opened.value, target, heads, []),
      () =>
        Promise.all([
          git("log", "--first-parent", ...raw, `--max-count=${landings}`, "main"),
          git("log", ...raw, ...heads, "^main"),
        ]),
    ),
    5,
  );
  const long = repo.git("rev-parse", "long");
  report(
    `landed, a branch of 200 commits, ${landings} landings, cold`,
    await sideBySide(
      7,
      () => examine(opened.value, target, [long], []),
      () => git("cherry", "main", long),
    ),
    2,
  );
  await findLanded(opened.value, target, heads);
  const began = performance.now();
  await findLanded(opened.value, target, heads);
  const took = performance.now() - began;
  figure(`landed, ${branches} branches, remembered`, `${took.toFixed(1)} ms`, "≤ 50 ms", took <= 50);
}
