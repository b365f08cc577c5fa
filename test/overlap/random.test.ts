import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { TestRepo } from "../kit/repo";
import { overlaps } from "./kit";

/** What a commit has: path → text, with `x` before an executable's and `@` before a link's. */
type Files = ReadonlyMap<string, string>;

type Step =
  | { readonly do: "edit"; readonly file: number; readonly at: number; readonly how: number }
  | { readonly do: "delete"; readonly file: number }
  | { readonly do: "move"; readonly file: number; readonly to: number; readonly edited: boolean }
  | { readonly do: "move folder"; readonly file: number; readonly to: number }
  | { readonly do: "add"; readonly to: number; readonly seed: number }
  | { readonly do: "mode"; readonly file: number }
  | { readonly do: "link"; readonly file: number };

const names = [
  "a",
  "b c",
  "d/1",
  "d/2",
  "d/e/3",
  "ü/\n",
  '"q"/-x',
  "-dash",
  "new",
  "d/new",
  "f/new",
  "a/b",
  "g/h/new",
];
const folders = ["f", "d/e", "g/h", "ü", ""];
const file = fc.nat({ max: 7 });
const to = fc.nat({ max: names.length - 1 });
const at = fc.nat({ max: 11 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("edit" as const), file, at, how: fc.nat({ max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), file }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), file, to, edited: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("move folder" as const),
      file,
      to: fc.nat({ max: folders.length - 1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("add" as const), to, seed: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("mode" as const), file }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("link" as const), file }) },
);
const steps = fc.array(step, { minLength: 1, maxLength: 4 });

function textOf(seed: string | number): string {
  return Array.from({ length: 12 }, (_, i) => `${seed} line ${i}\n`).join("");
}

const start: Files = new Map(names.slice(0, 8).map((name, i) => [name, textOf(i)]));

/** What is in the way of a name: what it replaces, or a file where it needs a folder. */
function inTheWay(files: Files, name: string): string[] {
  return [...files.keys()].filter(
    (other) => other === name || other.startsWith(`${name}/`) || name.startsWith(`${other}/`),
  );
}

/** `others`: what becomes of files that are in the way of a move or a new file; "beside": it is not done then. */
function play(
  files: Files,
  played: readonly Step[],
  mark: string,
  others: "replaced" | "beside" = "replaced",
): Files {
  const after = new Map(files);
  const put = (name: string, text: string, from: string | null): void => {
    const there = inTheWay(after, name);
    if (there.length > 0 && others === "beside") return;
    for (const other of [...there, from ?? ""]) after.delete(other);
    after.set(name, text);
  };
  for (const [n, now] of played.entries()) {
    const name = "file" in now ? [...after.keys()][now.file % Math.max(1, after.size)] : undefined;
    const text = name === undefined ? undefined : after.get(name);
    if ("file" in now && (name === undefined || text === undefined)) continue;
    switch (now.do) {
      case "edit": {
        const lines = (text ?? "").split(/(?<=\n)/);
        const line = now.how === 0 ? "" : now.how === 1 ? "same\n" : `${mark} ${n}\n`;
        lines.splice(now.at % Math.max(1, lines.length), now.how === 2 ? 0 : 1, line);
        if (name !== undefined) after.set(name, lines.join(""));
        break;
      }
      case "delete":
        after.delete(name ?? "");
        break;
      case "move":
        put(names[now.to] ?? "", now.edited ? `${text}${mark}\n` : (text ?? ""), name ?? null);
        break;
      case "move folder": {
        const folder = (name ?? "").split("/").slice(0, -1).join("/");
        for (const [path, moved] of [...after]) {
          const to = [folders[now.to], path.slice(folder.length + 1)].filter(Boolean).join("/");
          if (folder !== "" && path.startsWith(`${folder}/`)) put(to, moved, path);
        }
        break;
      }
      case "add":
        put(names[now.to] ?? "", textOf(`new ${now.seed === 0 ? "same" : mark}`), null);
        break;
      case "mode":
        after.set(name ?? "", text?.startsWith("x") ? text.slice(1) : `x${text}`);
        break;
      case "link":
        after.set(name ?? "", `@${mark}`);
        break;
    }
  }
  return after;
}

/** Writes branches with one git process: what each has, and the branch that it stands on. */
function write(
  branches: Readonly<Record<string, { readonly files: Files; readonly on?: string }>>,
): TestRepo {
  const repo = TestRepo.init();
  const marks = new Map(Object.keys(branches).map((name, i) => [name, i + 1]));
  const stream = Object.entries(branches).map(([name, { files, on }]) => {
    const entries = [...files].map(([path, text]) => {
      const mode = text.startsWith("x") ? "100755" : text.startsWith("@") ? "120000" : "100644";
      const bytes = Buffer.from(text.replace(/^[x@]/, ""));
      return `M ${mode} inline ${JSON.stringify(path)}\ndata ${bytes.length}\n${bytes.toString()}\n`;
    });
    const when = 1_700_000_000 + (marks.get(name) ?? 0) * 60;
    return (
      `commit refs/heads/${name}\nmark :${marks.get(name)}\ncommitter Ann <ann@example.com> ${when} +0000\n` +
      `data 1\nx\n${on ? `from :${marks.get(on)}\n` : ""}deleteall\n${entries.join("")}\n`
    );
  });
  execFileSync("git", ["fast-import", "--quiet"], { cwd: repo.dir, input: stream.join("") });
  return repo;
}

/** Whether a real `git merge` of the two, in a worktree, stops with conflicts. */
function reallyConflicts(repo: TestRepo, ours: string, theirs: string): boolean {
  repo.git("checkout", "-q", "-f", "--detach", ours);
  repo.git("clean", "-q", "-f", "-d", "-x");
  try {
    repo.git("merge", "-q", "--no-edit", theirs);
    return false;
  } catch {
    const unmerged = repo.git("ls-files", "--unmerged") !== "";
    repo.git("reset", "-q", "--hard");
    assert.ok(unmerged, "git merge failed for another reason than a conflict");
    return true;
  }
}

async function conflicting(repo: TestRepo, tips: Parameters<typeof overlaps>[1]): Promise<Set<string>> {
  const found = await overlaps(repo, tips);
  return new Set(
    [...found].flatMap(([id, all]) =>
      (all ?? []).flatMap(({ with: other, kind }) => (kind === "conflict" ? [`${id} ${other}`] : [])),
    ),
  );
}

const pairs = ["a b", "a c", "b c"].map((pair) => pair.split(" ") as [string, string]);

describe("overlap: random branches", () => {
  it("would conflict exactly when a real merge of the two does", async function () {
    this.timeout(300_000);
    const counts = { clean: 0, conflict: 0 };
    await fc.assert(
      fc.asyncProperty(steps, steps, steps, async (...all) => {
        const files = all.map((each, i) => play(start, each, "abc"[i] ?? ""));
        const [a, b, c] = files.map((each) => ({ files: each, on: "main" }));
        const repo = write({ main: { files: start }, ...(a && b && c ? { a, b, c } : {}) });
        const told = await conflicting(repo, ["a", "b", "c"]);
        for (const [one, other] of pairs) {
          const real = reallyConflicts(repo, one, other);
          counts[real ? "conflict" : "clean"]++;
          assert.equal(told.has(`${one} ${other}`), real, `${one} and ${other}`);
          assert.equal(told.has(`${other} ${one}`), real, `${other} and ${one}`);
        }
        const head = repo.git("rev-parse", "main");
        const onDisk = ["a", "b", "c"].map((id) => ({
          id,
          head,
          tree: repo.git("rev-parse", `${id}^{tree}`),
        }));
        assert.deepEqual(await conflicting(repo, onDisk), told, "the same work, not yet committed");
      }),
      { numRuns: 25 },
    );
    assert.ok(counts.clean > 5 && counts.conflict > 5, JSON.stringify(counts));
  });

  it("blames no branch for what the target did, and lets no conflict of two branches pass", async function () {
    this.timeout(300_000);
    const counts = { clean: 0, conflict: 0, target: 0 };
    await fc.assert(
      fc.asyncProperty(steps, steps, fc.tuple(steps, steps, steps), async (first, second, all) => {
        const later = play(start, first, "m", "beside");
        const now = play(later, second, "n", "beside");
        const bases = { a: "start", b: "later", c: "main" } as const;
        const files = [start, later, now].map((base, i) => play(base, all[i] ?? [], "abc"[i] ?? ""));
        const [a = start, b = start, c = start] = files;
        const repo = write({
          start: { files: start },
          later: { files: later, on: "start" },
          main: { files: now, on: "later" },
          a: { files: a, on: "start" },
          b: { files: b, on: "later" },
          c: { files: c, on: "main" },
        });
        const told = await conflicting(repo, ["a", "b", "c"]);
        for (const [one, other] of pairs) {
          const real = reallyConflicts(repo, one, other);
          const isTold = told.has(`${one} ${other}`);
          const withTarget =
            reallyConflicts(repo, bases[one as "a"], other) ||
            reallyConflicts(repo, bases[other as "a"], one);
          counts[!real ? "clean" : withTarget ? "target" : "conflict"]++;
          if (!real) assert.equal(isTold, false, `${one} and ${other} merge cleanly`);
          else if (!withTarget) assert.equal(isTold, true, `${one} and ${other} conflict`);
        }
      }),
      { numRuns: 20 },
    );
    assert.ok(counts.clean > 5 && counts.conflict > 3 && counts.target > 3, JSON.stringify(counts));
  });
});
