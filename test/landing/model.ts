import { execFileSync } from "node:child_process";
import { TestRepo } from "../kit/repo";

const files = 3;
const slotsPerFile = 4;
export const slotCount = files * slotsPerFile;

/** What each slot of the small program holds: lines between others that never change, so that slots never conflict. */
export type Program = readonly (readonly string[])[];
export type Slots = ReadonlyMap<number, readonly string[]>;

export function withSlots(program: Program, slots: Slots): Program {
  return program.map((lines, slot) => slots.get(slot) ?? lines);
}

export const same = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a?.join("\n") === b?.join("\n");

function textOf(program: Program, file: number): string {
  const own = program.slice(file * slotsPerFile, (file + 1) * slotsPerFile);
  return own
    .flatMap((lines, slot) => ["a", "b", "c", "d"].map((part) => `// ${file}.${slot}.${part}`).concat(lines))
    .concat("// end", "")
    .join("\n");
}

interface Commit {
  readonly mark: number;
  readonly parents: readonly number[];
  readonly subject: string;
  readonly program: Program;
}

/** Builds a history in memory and writes it with one git process. */
export class Builder {
  private readonly commits: Commit[] = [];
  private readonly tips = new Map<string, number>();

  constructor(start: Program) {
    this.commit("main", "import", start, []);
  }

  commit(branch: string, subject: string, program: Program, parents = [this.tip(branch)]): number {
    const mark = this.commits.length + 1;
    this.commits.push({ mark, parents, subject, program });
    this.tips.set(branch, mark);
    return mark;
  }

  fork(branch: string, from: string): void {
    this.tips.set(branch, this.tip(from));
  }

  tip(branch: string): number {
    return this.tips.get(branch) ?? 0;
  }

  /** Every commit has a branch `c<mark>` besides. */
  write(): TestRepo {
    const repo = TestRepo.init();
    const parts = this.commits.map(({ mark, parents, subject, program }) => {
      const blobs = Array.from({ length: files }, (_, file) => {
        const text = textOf(program, file);
        return `M 100644 inline f${file}.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`;
      });
      const [first, ...others] = parents;
      return [
        `commit refs/heads/c${mark}\nmark :${mark}\ncommitter Ann <ann@example.com> ${1_700_000_000 + mark * 60} +0000\n`,
        `data ${Buffer.byteLength(subject)}\n${subject}\n`,
        first ? `from :${first}\n` : "",
        ...others.map((parent) => `merge :${parent}\n`),
        ...blobs,
        "\n",
      ].join("");
    });
    const tips = [...this.tips].map(([branch, mark]) => `reset refs/heads/${branch}\nfrom :${mark}\n\n`);
    execFileSync("git", ["fast-import", "--quiet"], { cwd: repo.dir, input: parts.concat(tips).join("") });
    return repo;
  }
}

/** The slots of a tree that has such a program. */
export function slotsOf(repo: TestRepo, tree: string): Program {
  return Array.from({ length: files }, (_, file) => {
    const text = repo.git("show", `${tree}:f${file}.ts`).split("\n").slice(0, -1);
    return Array.from({ length: slotsPerFile }, (_each, slot) => {
      const start = text.indexOf(`// ${file}.${slot}.d`) + 1;
      const next = slot + 1 < slotsPerFile ? text.indexOf(`// ${file}.${slot + 1}.a`) : text.length;
      return text.slice(start, next);
    });
  }).flat();
}
