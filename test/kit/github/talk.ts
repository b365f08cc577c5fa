import type { Pull, World } from "./world";

export interface Remark {
  readonly id: string;
  readonly author: string;
  body: string;
}

/** A review: a text, and the remarks that were made with it. */
export interface TestReview extends Remark {
  readonly pull: number;
}

export interface TestThread {
  readonly id: string;
  readonly pull: number;
  readonly path: string;
  readonly side: "RIGHT" | "LEFT";
  readonly startLine: number | null;
  readonly line: number | null;
  /** The commit that it was made on. */
  readonly commit: string;
  resolved: boolean;
  readonly remarks: Remark[];
}

export interface NewThread {
  readonly path: string;
  readonly line: number | null;
  readonly startLine?: number | null;
  readonly side?: "RIGHT" | "LEFT";
  readonly body: string;
}

interface PatchedFile {
  readonly filename: string;
  readonly status: string;
  readonly patch?: string;
}

/** What people and programs say on pull requests. A remark stands at lines of the diff, or is refused. */
export class Talk {
  readonly reviews: TestReview[] = [];
  readonly threads: TestThread[] = [];
  private made = 0;
  private readonly patches = new Map<string, PatchedFile[]>();

  constructor(private readonly world: World) {}

  /** Makes a review with all its threads, or throws and makes nothing. */
  add(pull: Pull, author: string, body: string, threads: readonly NewThread[] = []): TestReview {
    const diff = this.hunks(pull);
    for (const { path, line, startLine, side = "RIGHT" } of threads) {
      const lines = [line, startLine].filter((each) => typeof each === "number");
      const hunks = (diff.get(path) ?? []).map((hunk) => hunk[side]);
      if (!hunks.some(([from, to]) => lines.every((each) => from <= each && each <= to)))
        throw new Error("Pull request review thread line must be part of the diff");
    }
    const review = { id: this.id("PRR"), pull: pull.number, author, body };
    this.reviews.push(review);
    for (const { path, line, startLine = null, side = "RIGHT", body } of threads) {
      const remarks = [{ id: this.id("PRRC"), author, body }];
      const place = { pull: pull.number, path, side, line, startLine, commit: pull.head };
      this.threads.push({ id: this.id("PRRT"), ...place, resolved: false, remarks });
    }
    return review;
  }

  /** The files of a pull request with their patches, as the list of files answers them. */
  files(pull: Pull): PatchedFile[] {
    const key = `${pull.baseOid} ${pull.head}`;
    const files = this.patches.get(key) ?? this.readFiles(pull);
    this.patches.set(key, files);
    return files;
  }

  private readFiles(pull: Pull): PatchedFile[] {
    const { origin } = this.world;
    const base = origin.git("merge-base", pull.baseOid, pull.head);
    const names = origin.git("diff", "--name-only", "-z", base, pull.head).split("\0").filter(Boolean);
    return names.map((filename) => {
      const text = origin.git("diff", base, pull.head, "--", filename);
      const start = text.indexOf("\n@@ ");
      return { filename, status: "modified", ...(start < 0 ? {} : { patch: text.slice(start + 1) }) };
    });
  }

  private hunks(pull: Pull) {
    const range = (start = "0", length = "1") => [Number(start), Number(start) + Number(length) - 1] as const;
    return new Map(
      this.files(pull).map(({ filename, patch = "" }) => [
        filename,
        [...patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map((hunk) => ({
          LEFT: range(hunk[1], hunk[2]),
          RIGHT: range(hunk[3], hunk[4]),
        })),
      ]),
    );
  }

  private id(kind: string): string {
    return `${kind}_${++this.made}`;
  }
}
