import assert from "node:assert/strict";
import { openRepo, type Repo } from "../../src/git/repo";
import { findLanded, type LandedOptions, planLanding } from "../../src/landing";
import type { Landed } from "../../src/model/worktree";
import { TestRepo } from "../kit/repo";

export const numbered = (name: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `export const ${name}${i} = ${name}(${i});\n`).join("");

/** A small program, a branch `feature` of it, and the ways in which people land branches. */
export class History {
  readonly repo: TestRepo;

  /** A repo with a first commit of our own; one that has commits is taken as it is. */
  constructor(repo = TestRepo.init()) {
    this.repo = repo;
    if (repo.git("rev-list", "--all", "--max-count=1") !== "") return;
    this.repo.git("config", "core.autocrlf", "false");
    this.repo.commit("chore: import", {
      "app.ts": `import { log } from "./log";\n\n${numbered("app", 8)}\nexport const usage = "usage: app";\n`,
      "log.ts": numbered("log", 6),
      "math.ts": numbered("math", 6),
    });
    this.repo.git("branch", "feature");
  }

  /** Commits on a branch; null removes a file. */
  on(branch: string, subject: string, files: Readonly<Record<string, string | Buffer | null>> = {}): string {
    this.repo.git("checkout", "-q", branch);
    for (const [name, content] of Object.entries(files)) {
      if (content === null) this.repo.git("rm", "-q", "--", name);
      else this.repo.write({ [name]: content });
    }
    return this.repo.commit(subject);
  }

  /** Replaces text in a file of a branch and commits. */
  edit(branch: string, subject: string, file: string, from: string, to: string): string {
    const before = this.text(`${branch}:${file}`);
    assert.ok(before.includes(from), `${file} of ${branch} has no ${from}`);
    return this.on(branch, subject, { [file]: before.replace(from, () => to) });
  }

  /** A text file as a revision has it, `main:app.ts`. */
  text(object: string): string {
    return `${this.repo.git("show", object)}\n`;
  }

  /** Merges main into a branch, where that conflicts, with the given files as the outcome. */
  resolve(branch: string, subject: string, files: Readonly<Record<string, string>>): string {
    this.repo.git("checkout", "-q", branch);
    assert.throws(() => this.repo.git("merge", "-q", "main"));
    return this.repo.commit(subject, files);
  }

  squash(branch: string, subject: string, into = "main"): string {
    this.repo.git("checkout", "-q", into);
    this.repo.git("merge", "-q", "--squash", branch);
    return this.repo.commit(subject);
  }

  merge(branch: string, subject: string, into = "main"): string {
    this.repo.git("checkout", "-q", into);
    this.repo.git("merge", "-q", "--no-ff", "-m", subject, branch);
    return this.oid(into);
  }

  pick(commit: string, into = "main"): string {
    this.repo.git("checkout", "-q", into);
    this.repo.git("cherry-pick", commit);
    return this.oid(into);
  }

  revert(commit: string, ...options: string[]): string {
    this.repo.git("checkout", "-q", "main");
    this.repo.git("revert", "--no-edit", ...options, commit);
    return this.oid("main");
  }

  oid(revision: string): string {
    return this.repo.git("rev-parse", "--verify", revision);
  }

  title(oid: string): string {
    return this.repo.git("log", "-1", "--format=%s", oid);
  }

  async open(): Promise<Repo> {
    const repo = await openRepo(this.repo.dir);
    assert.ok(repo.ok);
    return repo.value;
  }

  /** The verdict in one line, landings by their titles. */
  async verdict(revision = "feature", options: LandedOptions = {}): Promise<string> {
    const head = this.oid(revision);
    const landed = (await findLanded(await this.open(), this.oid("main"), [head], options)).get(head);
    assert.ok(landed);
    return this.inWords(landed);
  }

  /** A line for each own commit: its fate, its title, its landing's title. */
  async plan(revision = "feature", options: LandedOptions = {}): Promise<string[]> {
    const plan = await planLanding(await this.open(), this.oid("main"), this.oid(revision), options);
    assert.ok(plan);
    return [
      ...plan.commits.map(
        ({ fate, subject, landedAs }) => `${fate}: ${subject}${landedAs ? ` → ${this.title(landedAs)}` : ""}`,
      ),
      ...plan.resolutions.map((oid) => `resolution: ${this.title(oid)}`),
    ];
  }

  private inWords(landed: Landed): string {
    switch (landed.state) {
      case "landed":
        return `landed by ${landed.how} as ${landed.as.map((oid) => this.title(oid)).join(" + ")}`;
      case "open":
        return `open, ${landed.own}`;
      case "empty":
        return "empty";
      case "unknown":
        return `unknown: ${landed.why}`;
    }
  }
}
