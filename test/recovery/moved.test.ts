import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { openRepo } from "../../src/git/repo";
import { planRecovery } from "../../src/recovery/plan";
import { TestRepo } from "../kit/repo";

/** More of them, once in a while: RANDOM_RUNS=200. */
const runs = Number(process.env.RANDOM_RUNS ?? 10);

const places = ["a/1.txt", "a/2.txt", "b/1.txt", "b/2.txt", "3.txt"];

/** What somebody does to a file: edits a line of it, moves it (alone, or with its whole folder), or deletes it. */
const edit = fc.record({ do: fc.constant("edit" as const), file: fc.nat(4), line: fc.nat(11) });
const other = fc.oneof(
  { weight: 3, arbitrary: edit },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("move" as const), file: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("move folder" as const), folder: fc.constantFrom("a", "b") }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), file: fc.nat(4) }) },
);
type Doing = (typeof other extends fc.Arbitrary<infer T> ? T : never) & {};

class Site {
  readonly repo = TestRepo.init();
  /** Where each file is on main; null: nowhere. */
  private readonly now: (string | null)[] = [...places];
  private count = 0;

  constructor() {
    const text = (name: string) => Array.from({ length: 12 }, (_, i) => `${name} line ${i}\n`).join("");
    this.repo.commit("start", Object.fromEntries(places.map((name) => [name, text(name)])));
    this.repo.git("branch", "work");
  }

  /** On main, file by file under the name that it has by now. */
  land(doing: Doing): void {
    const { repo, now } = this;
    this.count++;
    if (doing.do === "move folder") {
      if (!now.some((name) => name?.startsWith(`${doing.folder}/`))) return;
      const to = `${doing.folder}${this.count}`;
      repo.git("mv", doing.folder, to);
      for (const [i, name] of now.entries())
        if (name?.startsWith(`${doing.folder}/`)) now[i] = `${to}/${name.slice(2)}`;
      repo.commit(`move ${doing.folder}`);
      return;
    }
    const name = now[doing.file];
    if (!name) return;
    if (doing.do === "edit") this.write(name, doing.line, `main ${this.count}`);
    if (doing.do === "delete") repo.git("rm", "-q", name);
    if (doing.do === "move") repo.git("mv", name, `moved-${this.count}.txt`);
    if (doing.do !== "edit") now[doing.file] = doing.do === "move" ? `moved-${this.count}.txt` : null;
    repo.commit(`${doing.do} ${name}`);
  }

  work(edits: readonly { file: number; line: number }[]): void {
    this.count++;
    for (const { file, line } of edits) this.write(places[file] ?? "", line, `work ${this.count}`);
    this.repo.commit(`work ${this.count}`);
  }

  private write(name: string, line: number, text: string): void {
    const lines = readFileSync(path.join(this.repo.dir, name), "utf8").split("\n");
    lines[line] = text;
    this.repo.write({ [name]: lines.join("\n") });
  }

  /** What git itself makes of the branch's commits, one after the other: those that apply, and the tree. */
  picked(): { clean: string[]; tree: string } {
    const { repo } = this;
    repo.git("checkout", "-q", "--detach", "main");
    const clean = repo
      .git("rev-list", "--reverse", "main..work")
      .split("\n")
      .filter((oid) => {
        try {
          repo.git("cherry-pick", "--allow-empty", oid);
          return true;
        } catch {
          repo.git("reset", "-q", "--hard");
          return false;
        }
      });
    return { clean, tree: repo.git("rev-parse", "HEAD^{tree}") };
  }
}

describe("recovery: where the target moved and deleted files", () => {
  it("picks what git picks, and finds the conflicts that git finds", async function () {
    this.timeout(300_000);
    let conflicts = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(other, { minLength: 1, maxLength: 5 }),
        fc.array(fc.array(edit, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
        async (landings, works) => {
          const site = new Site();
          for (const landing of landings) site.land(landing);
          site.repo.git("checkout", "-q", "work");
          for (const work of works) site.work(work);
          const [head, onto] = ["work", "main"].map((name) => site.repo.git("rev-parse", name));
          const opened = await openRepo(site.repo.dir);
          assert.ok(opened.ok && head && onto);
          const planned = await planRecovery(opened.value, { head, onto, ontoName: "main" });
          assert.ok(planned.ok);
          const { commits, picked, together, tree } = planned.value;
          const git = site.picked();
          conflicts += commits.length - git.clean.length;
          assert.deepEqual(
            picked.map(({ oid }) => oid),
            git.clean,
          );
          if (together === null) assert.equal(tree, git.tree);
        },
      ),
      { numRuns: runs },
    );
    assert.ok(conflicts > 0, "none of them had a conflict");
  });
});
