import type { DoneDocument } from "../../src/model/done";
import { TestRepo } from "../kit/repo";

/** A small, well-kept repo on `main`, from which each story goes on. */
export const kept: Readonly<Record<string, string>> = {
  "README.md": "# Shop\n\nHow to export: [docs/export.md](docs/export.md). The code is in `src/export.ts`.\n",
  "docs/export.md": "# Export\n\n`npm run export` writes what `src/export.ts` makes.\n",
  "AGENTS.md":
    "# How to work here\n\n- Run `npm run lint` before you push.\n- Money is made in `src/money.ts`, never with floats.\n",
  "CLAUDE.md": "@AGENTS.md\n",
  "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Export.\n\n## [1.0.0]\n\n- Everything.\n",
  "package.json": `${JSON.stringify({ name: "shop", main: "dist/shop.js", scripts: { lint: "x", export: "y", test: "z" } }, null, 2)}\n`,
  "src/shop.ts":
    'import { cents } from "./money";\nimport { toCsv } from "./export";\n\nexport function sell(price: number): string {\n  return toCsv([cents(price)]);\n}\n',
  "src/money.ts":
    "export function cents(euros: number): number {\n  return Math.round(euros * 100);\n}\n\n// TODO currencies\n",
  "src/export.ts": 'export function toCsv(rows: number[]): string {\n  return rows.join(",");\n}\n',
  "src/log.ts": "export function log(text: string): void {\n  console.log(text);\n}\n",
  "test/shop.test.ts":
    'import { sell } from "../src/shop";\nimport { log } from "../src/log";\n\nlog(sell(1));\n',
};

export interface Told {
  readonly message: string;
  /** New texts; null: the file goes. */
  readonly files: Readonly<Record<string, string | null>>;
}

/** The well-kept repo with `before` on main, and the branch `agent` with a commit for each of `told`, checked out. */
export function story(told: readonly Told[], before: Readonly<Record<string, string | null>> = {}): TestRepo {
  const repo = TestRepo.init();
  repo.commit("feat: a shop", kept);
  if (Object.keys(before).length > 0) change(repo, { message: "chore: prepare", files: before });
  repo.git("switch", "-q", "-c", "agent");
  for (const each of told) change(repo, each);
  return repo;
}

export function change(repo: TestRepo, { message, files }: Told): void {
  for (const [name, text] of Object.entries(files)) if (text === null) repo.git("rm", "-q", "--", name);
  const written = Object.entries(files).filter((each): each is [string, string] => each[1] !== null);
  repo.commit(message, Object.fromEntries(written));
}

/** The gates that are not simply fine, with their places. */
export function standing({ gates }: DoneDocument): Record<string, unknown> {
  return Object.fromEntries(
    gates
      .filter(({ status }) => status !== "pass" && status !== "skip")
      .map(({ id, status, where }) => [
        `${id} ${status}`,
        where.map(({ path, line, message }) => (path === null ? message : [path, line])),
      ]),
  );
}
