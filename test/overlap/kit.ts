import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import type { Overlap } from "../../src/model/overlap";
import { findOverlaps, type Tip } from "../../src/overlap";
import { TestRepo } from "../kit/repo";

/** Ten lines that are easy to change one by one. */
export const ten = Array.from({ length: 10 }, (_, i) => `line ${i + 1}\n`).join("");

/** The text with some of its lines (1-based) replaced; an empty text deletes the line. */
export function edit(text: string, lines: Readonly<Record<number, string>>): string {
  const edited = text.split(/(?<=\n)/).map((line, i) => lines[i + 1] ?? line);
  return edited.join("");
}

/** Makes a branch off another one by what `change` does in the repo's folder, and goes back to main. */
export function branch(repo: TestRepo, name: string, change: (repo: TestRepo) => void, from = "main"): void {
  repo.git("checkout", "-q", "-b", name, from);
  change(repo);
  repo.git("add", "-A");
  repo.git("commit", "-q", "--allow-empty", "-m", name);
  repo.git("checkout", "-q", "main");
}

/** A repo with `files` on main. */
export function repoWith(files: Readonly<Record<string, string | Buffer>>): TestRepo {
  const repo = TestRepo.init();
  repo.commit("first", files);
  return repo;
}

export async function overlaps(
  repo: TestRepo,
  tips: readonly (string | Tip)[],
): Promise<Map<string, readonly Overlap[] | null>> {
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  const all = tips.map((tip) =>
    typeof tip === "string" ? { id: tip, head: repo.git("rev-parse", tip) } : tip,
  );
  return findOverlaps(opened.value, repo.git("rev-parse", "main"), all);
}

/** An overlap on a line for each file, for example `b: conflict, lines a.txt 2-3`. */
export function told(found: readonly Overlap[] | null | undefined): string[] | null {
  if (!found) return null;
  return found.flatMap(({ with: other, kind, files, more, tried }) => {
    const head = `${other}: ${kind}${tried ? "" : " (not tried)"}${more ? ` +${more}` : ""}`;
    return files.length === 0
      ? [head]
      : files.map(({ path, otherPath, meeting, by, conflict, ranges }) =>
          [
            `${head}, ${meeting}`,
            by && `by ${by}`,
            path === otherPath ? path : `${path} | ${otherPath}`,
            ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(","),
            conflict && "!",
          ]
            .filter(Boolean)
            .join(" "),
        );
  });
}
