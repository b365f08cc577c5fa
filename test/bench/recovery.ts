import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { openRepo } from "../../src/git/repo";
import { planRecovery } from "../../src/recovery/plan";
import { TestRepo } from "../kit/repo";
import { report, sideBySide } from "./measure";
import { numbers } from "./numbers";

const exec = promisify(execFile);
const files = 5_000;
const landings = 2_000;
const commits = 200;

/**
 * A target 2,000 landings ahead of a branch of 200 commits. The branch edits the upper half of files, the target now and
 * then the lower half; `landed` of the commits came in one by one, each merged into the file as it was by then.
 */
function buildStale(landed: number): TestRepo {
  const below = numbers(23);
  const pathOf = (file: number): string => `src/area${file % 70}/file${file}.ts`;
  const textOf = (file: number, upper: number, lower: number): string =>
    Array.from({ length: 60 }, (_, i) => {
      const edition = i >= 8 && i < 12 ? upper : i >= 40 && i < 46 ? lower : 0;
      return `export const v${file}x${i} = of(${i}, ${edition});\n`;
    }).join("");
  const stream: string[] = [];
  let mark = 0;
  const commit = (ref: string, subject: string, tree: ReadonlyMap<number, string>, from?: number): number => {
    mark++;
    stream.push(
      `commit refs/heads/${ref}\nmark :${mark}\ncommitter Ann <ann@example.com> ${1_700_000_000 + mark * 60} +0000\n`,
      `data ${subject.length}\n${subject}\n${from === undefined ? "" : `from :${from}\n`}`,
      ...[...tree].map(([file, text]) => `M 100644 inline ${pathOf(file)}\ndata ${text.length}\n${text}\n`),
    );
    return mark;
  };
  const all = Array.from({ length: files }, (_, file) => [file, textOf(file, 0, 0)] as const);
  const start = commit("main", "import", new Map(all));
  const upper = new Map<number, number>();
  const lower = new Map<number, number>();
  const nowIn = (file: number): string => textOf(file, upper.get(file) ?? 0, lower.get(file) ?? 0);
  // Each of the branch's commits has files of its own, so that one can land without those before it.
  const filesOf = (i: number): number[] => Array.from({ length: 1 + (i % 3) }, (_, k) => i * 3 + k);
  const every = Math.floor(landings / Math.max(1, landed));
  let tip = start;
  for (let i = 1; i <= landings; i++) {
    const n = Math.floor(i / every) - 1;
    if (i % every === 0 && n < landed) {
      const which = Math.floor((n * commits) / landed);
      for (const file of filesOf(which)) upper.set(file, which + 1);
      tip = commit("main", `work ${which}`, new Map(filesOf(which).map((file) => [file, nowIn(file)])), tip);
      continue;
    }
    const edited = Array.from({ length: 1 + below(5) }, () => below(files));
    for (const file of edited) lower.set(file, i);
    tip = commit("main", `landing ${i}`, new Map(edited.map((file) => [file, nowIn(file)])), tip);
  }
  tip = start;
  for (let i = 0; i < commits; i++) {
    const tree = new Map(filesOf(i).map((file) => [file, textOf(file, i + 1, 0)]));
    tip = commit("long", `work ${i}`, tree, tip);
  }
  const repo = TestRepo.init();
  execFileSync("git", ["fast-import", "--quiet"], { cwd: repo.dir, input: stream.join("") });
  return repo;
}

/** What to recover of a long branch, against `git cherry`, which answers less and not always right. */
export async function benchRecovery(): Promise<void> {
  for (const landed of [0, 90]) {
    const repo = buildStale(landed);
    const opened = await openRepo(repo.dir);
    if (!opened.ok) throw new Error(opened.refusal.message);
    const [head, onto] = [repo.git("rev-parse", "long"), repo.git("rev-parse", "main")];
    const plan = async () => {
      const planned = await planRecovery(opened.value, { head, onto, ontoName: "main" });
      if (!planned.ok) throw new Error(planned.refusal.message);
      const picks = planned.value.commits.filter(({ fate }) => fate === "pick").length;
      if (picks !== commits - landed) throw new Error(`${picks} of ${commits} are picked`);
    };
    const bare = () => exec("git", ["cherry", "main", "long"], { cwd: repo.dir, maxBuffer: 1 << 28 });
    report(
      `recovery plan, ${commits} commits, ${landed} landed, ${landings} landings`,
      await sideBySide(15, plan, bare),
      2,
    );
  }
}
