import { readFileSync } from "node:fs";
import path from "node:path";
import { TestRepo } from "../kit/repo";

/** What `check` should make of a path. "kept": in no list; several words: any of them. */
export type Word = "loss" | "question" | "intended" | "conflict" | "kept";
export type Expected = Readonly<Record<string, Word | `${Word}|${Word}`>>;

/** One way in which work is lost, or seems to be, told as a repo with the branches `main` and `agent-b`. */
export interface History {
  readonly name: string;
  build(story: Story): void;
  /** By path; every path with a loss, a question or a conflict has to be named. */
  readonly expect: Expected;
  /** Where replaying the commits gives another answer; "same" where it gives the same. */
  readonly rebase: "same" | Expected;
  /** The pull request that brought in what is lost, asked about or in conflict. */
  readonly pr?: number;
  /** A ref to be given as recorded base. */
  readonly recordedBase?: string;
  /** `<code> <path>`, or `<code>` for one that speaks of no path. */
  readonly notes?: readonly string[];
}

/** Builds a history; people, dates and contents are fixed, so that every run has the same commits. */
export class Story {
  readonly repo: TestRepo;
  private seconds = 1_790_000_000;
  private who = "owner";
  private server = false;

  constructor(dir?: string) {
    this.repo = TestRepo.init(dir);
    this.repo.git("config", "core.autocrlf", "false");
    this.commit("chore: start (#1)", startFiles);
  }

  git(...args: string[]): string {
    this.seconds += 900;
    const date = `${this.seconds} +0000`;
    const email = `${this.who}@example.com`;
    this.repo.env = {
      GIT_AUTHOR_NAME: this.who,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: this.server ? "GitHub" : this.who,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: date,
    };
    return this.repo.git(...args);
  }

  /** Who writes from here on. */
  as(who: string): this {
    this.who = who;
    return this;
  }

  /** Lets so many days go by. */
  later(days: number): this {
    this.seconds += days * 86_400;
    return this;
  }

  commit(message: string, files: Readonly<Record<string, string | Buffer>> = {}): string {
    this.repo.write(files);
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", message);
    return this.git("rev-parse", "HEAD");
  }

  /** A squash merge by the server. */
  land(message: string, files: Readonly<Record<string, string>>): string {
    this.server = true;
    const oid = this.commit(message, files);
    this.server = false;
    return oid;
  }

  read(name: string): string {
    return readFileSync(path.join(this.repo.dir, name), "utf8");
  }

  /** Replaces text in a file that is there; fails where the text is not. */
  edit(name: string, from: string, to: string): Record<string, string> {
    const before = this.read(name);
    if (!before.includes(from)) throw new Error(`${name} has no ${from}`);
    return { [name]: before.replace(from, to) };
  }

  switch(branch: string, from?: string): this {
    this.git("switch", "-q", ...(from ? ["-c", branch, from] : [branch]));
    return this;
  }

  /** Merges main; where that conflicts, `files` settle it. */
  sync(files: Readonly<Record<string, string>> = {}, ...options: string[]): this {
    try {
      this.git("merge", "-q", "-m", "Merge main", ...options, "main");
    } catch {
      this.commit("Merge main", files);
    }
    return this;
  }

  /** agent-a's feature: a new file, its test, and its wiring in a shared file; lands on main as #12. */
  landReceipts(): this {
    this.switch("agent-a", "main").as("agent-a");
    this.commit("feat: receipts, the writer", receiptFiles);
    this.commit("feat: receipts, wired", { "src/shop.ts": wiredShop });
    return this.squash("agent-a", "feat: receipts (#12)");
  }

  squash(branch: string, message: string, files: Readonly<Record<string, string>> = {}): this {
    this.switch("main").as("owner").git("merge", "-q", "--squash", branch);
    this.commit(message, files);
    return this;
  }

  /** A small piece of agent-b's own work. */
  ownWork(message = "feat: discounts"): this {
    this.as("agent-b").commit(message, {
      "src/price.ts": `${this.read("src/price.ts")}\nexport function discounted(cents: number, percent: number): number {\n  return Math.round((cents * (100 - percent)) / 100);\n}\n`,
    });
    return this;
  }

  /** `git reset --soft main`, and all that was there as one commit. */
  /** Notes where a branch is now as its start, as `agent-foreman new` does. */
  noteStart(branch = "agent-b"): this {
    this.git("update-ref", `refs/agent-foreman/base/${branch}`, branch);
    return this;
  }

  softReset(message = "feat: discounts"): this {
    this.git("reset", "-q", "--soft", "main");
    this.git("commit", "-q", "-m", message);
    return this;
  }
}

/** `count` lines that are all different, for files whose text does not matter. */
export function filler(word: string, count: number): string {
  return Array.from(
    { length: count },
    (_, i) => `export const ${word}${i} = build("${word}", ${i * 7});\n`,
  ).join("");
}

const startFiles = {
  "readme.md": "# Shop\n\nSells things.\n\n## Use\n\nStart it and sell.\n",
  "src/legacy.ts": `// from the first version\n${filler("legacy", 25)}`,
  "src/note.ts": "export function note(text: string): void {\n  console.error(text);\n}\n",
  "src/price.ts":
    "export function total(cents: readonly number[]): number {\n  return cents.reduce((a, b) => a + b, 0);\n}\n\nexport function shown(cents: number): string {\n  return (cents / 100).toFixed(2);\n}\n",
  "src/shop.ts":
    'import { note } from "./note";\nimport { shown, total } from "./price";\n\nexport function sell(cents: readonly number[]): number {\n  note("selling");\n  const sum = total(cents);\n  note(shown(sum));\n  return sum;\n}\n\nexport function help(): string {\n  return "shop PRICE...";\n}\n',
};

export const wiredShop =
  'import { note } from "./note";\nimport { shown, total } from "./price";\nimport { writeReceipt } from "./receipt";\n\nexport function sell(cents: readonly number[], receipt: string | null): number {\n  note("selling");\n  const sum = total(cents);\n  if (receipt !== null) {\n    writeReceipt(receipt, cents);\n    note(receipt);\n  }\n  note(shown(sum));\n  return sum;\n}\n\nexport function help(): string {\n  return "shop [--receipt FILE] PRICE...";\n}\n';

export const receiptFiles = {
  "src/receipt.ts": `import { writeFileSync } from "node:fs";\nexport function writeReceipt(file: string, cents: readonly number[]): void {\n  writeFileSync(file, cents.map((price) => \`\${price}\\n\`).join(""));\n}\n${filler("receiptField", 12)}`,
  "src/receipt.test.ts":
    'import { writeReceipt } from "./receipt";\nit("writes a line a price", () => {\n  writeReceipt("/tmp/r", [1, 2]);\n  expect(read("/tmp/r")).toBe("1\\n2\\n");\n});\n',
};
