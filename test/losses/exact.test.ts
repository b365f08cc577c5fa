import assert from "node:assert/strict";
import fc from "fast-check";
import { openRepo } from "../../src/git/repo";
import { examine } from "../../src/losses/examine";
import type { GoneLine } from "../../src/losses/gone";
import { TestRepo } from "../kit/repo";

/** What happens next: a landing on main, an edit or a deletion on the branch, a sync, or a mistake. */
type Step =
  | {
      readonly do: "land" | "edit" | "delete";
      readonly file: number;
      readonly at: number;
      readonly many: number;
    }
  | { readonly do: "merge" | "rebase" | "squash" | "soft-reset" | "ours" }
  | { readonly do: "stale-file"; readonly file: number };

const change = (kind: "land" | "edit" | "delete"): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant(kind),
    file: fc.nat(3),
    at: fc.nat(20),
    many: fc.integer({ min: 1, max: 4 }),
  });
const proper: readonly fc.Arbitrary<Step>[] = [
  change("land"),
  change("land"),
  change("edit"),
  fc.record({ do: fc.constantFrom("merge", "rebase", "squash") }),
];
const mistaken: readonly fc.Arbitrary<Step>[] = [
  change("delete"),
  fc.record({ do: fc.constantFrom("soft-reset", "ours") }),
  fc.record({ do: fc.constant("stale-file"), file: fc.nat(3) }),
];

describe("losses: any history", () => {
  it("finds exactly the lines that a real merge removes, each in one place", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(...proper, ...mistaken), { minLength: 3, maxLength: 9 }),
        async (steps) => {
          const repo = play(steps);
          const found = await judgement(repo);
          const { losses, questions, intended, edited, kept } = found.judgement;
          const listed = [losses, questions, intended].flatMap((list) =>
            list.flatMap(({ file, lines }) => lines.map((line) => place(file.patch.oldPath, line))),
          );
          const files = new Map(
            found.facts.files.flatMap(({ patch, lines }) => lines.map((line) => [line, patch.oldPath])),
          );
          const quiet = [...edited, ...kept].map((line) => place(files.get(line) ?? "", line));
          assert.deepEqual([...listed, ...quiet].sort(), removedByMerge(repo, found.merged.conflicts).sort());
        },
      ),
      { numRuns: 10, seed: 12 },
    );
  });

  it("never alarms where a branch edits, merges, rebases and squashes properly", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...proper), { minLength: 4, maxLength: 10 }), async (steps) => {
        const { losses } = (await judgement(play(steps))).judgement;
        assert.deepEqual(
          losses.map(({ file, evidence }) => [file.patch.oldPath, evidence]),
          [],
        );
      }),
      { numRuns: 10, seed: 12 },
    );
  });
});

function place(file: string, line: GoneLine): string {
  return `${file}:${line.line}:${line.text}`;
}

async function judgement(repo: TestRepo) {
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  const [base = "", head = ""] = repo.git("rev-parse", "main", "agent-b").split("\n");
  const question = {
    base,
    head,
    method: "merge",
    recordedBase: null,
    earlierHeads: [],
    caughtUp: [],
    resetTo: [],
  } as const;
  const found = await examine(opened.value, question);
  assert.ok(found);
  return found;
}

/** What git itself removes from main when the branch is merged there; files in conflict are left out. */
function removedByMerge(repo: TestRepo, conflicts: readonly string[]): string[] {
  repo.git("checkout", "-q", "--detach", "main");
  if (conflicts.length > 0) {
    assert.throws(() => repo.git("merge", "-q", "--no-ff", "--no-commit", "agent-b"));
    assert.deepEqual(repo.git("diff", "--name-only", "--diff-filter=U").split("\n"), [...conflicts]);
    for (const file of conflicts) repo.git("checkout", "-q", "main", "--", file);
  } else repo.git("merge", "-q", "--no-ff", "--no-commit", "agent-b");
  const removed: string[] = [];
  let [file, line] = ["", 0];
  for (const text of repo.git("diff", "-U0", "-M", "--diff-algorithm=myers", "main").split("\n")) {
    if (text.startsWith("--- a/")) file = text.slice("--- a/".length);
    else if (text.startsWith("@@")) line = Number(/^@@ -(\d+)/.exec(text)?.[1]);
    else if (text.startsWith("-") && !text.startsWith("--- "))
      removed.push(`${file}:${line++}:${text.slice(1)}`);
  }
  return removed;
}

const names = [0, 1, 2, 3].map((file) => `file${file}.txt`);

/** Plays the steps; a merge or rebase that would conflict is given up, as a careful person would. */
function play(steps: readonly Step[]): TestRepo {
  const repo = TestRepo.init();
  const text = (file: number) =>
    Array.from({ length: 16 }, (_, i) => `start of file ${file}, line ${i}\n`).join("");
  repo.commit("start", Object.fromEntries(names.map((name, file) => [name, text(file)])));
  repo.git("branch", "old");
  repo.git("switch", "-q", "-c", "agent-b");
  for (const [i, step] of steps.entries()) take(repo, step, i);
  return repo;
}

function take(repo: TestRepo, step: Step, i: number): void {
  switch (step.do) {
    case "land":
      repo.git("switch", "-q", "main");
      edit(repo, step.file, step.at, step.many, [
        `landing ${i}, one`,
        `landing ${i}, two`,
        `landing ${i}, three`,
      ]);
      repo.commit(`feat: landing ${i} (#${i})`);
      repo.git("switch", "-q", "agent-b");
      return;
    case "edit":
      // Something is always put in the place of what goes: a pure deletion may well be an exact undo.
      edit(repo, step.file, step.at, 1, [`branch ${i}, one`, `branch ${i}, two`]);
      repo.commit(`feat: branch ${i}`);
      return;
    case "delete":
      edit(repo, step.file, step.at, step.many, []);
      repo.commit(`refactor: branch ${i}`);
      return;
    case "merge":
      attempt(repo, "merge", ["--no-edit", "main"]);
      return;
    case "rebase":
      attempt(repo, "rebase", ["main"]);
      return;
    case "squash":
      repo.git("reset", "-q", "--soft", repo.git("merge-base", "main", "HEAD"));
      repo.commit("feat: all of it");
      return;
    case "soft-reset":
      repo.git("reset", "-q", "--soft", "main");
      repo.commit("feat: all of it");
      return;
    case "ours":
      repo.git("merge", "-q", "-s", "ours", "--no-edit", "main");
      return;
    case "stale-file":
      repo.git("checkout", "-q", "old", "--", names[step.file] ?? "");
      repo.commit(`feat: branch ${i}`);
  }
}

function edit(repo: TestRepo, file: number, at: number, many: number, put: readonly string[]): void {
  const name = names[file] ?? "";
  const lines = repo.git("cat-file", "blob", `HEAD:${name}`).split("\n");
  lines.splice(at % lines.length, many, ...put);
  repo.write({ [name]: `${lines.join("\n")}\n` });
}

function attempt(repo: TestRepo, verb: "merge" | "rebase", options: readonly string[]): void {
  try {
    repo.git(verb, "-q", ...options);
  } catch {
    repo.git(verb, "--abort");
  }
}
