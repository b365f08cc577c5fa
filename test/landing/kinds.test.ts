import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import path from "node:path";
import { TestRepo, tempDir } from "../kit/repo";
import { History, numbered } from "./history";

const binary = (seed: number): Buffer => Buffer.from(Array.from({ length: 300 }, (_, i) => (i * seed) % 256));

/** One kind of change: made on the branch, and one that looks like it, made on the target. */
interface Kind {
  readonly what: string;
  readonly before?: Readonly<Record<string, string | Buffer>>;
  readonly change: (h: History) => void;
  readonly other: (h: History) => void;
}

const chmod = (h: History, branch: string, file: string, mode: number): void => {
  h.repo.git("checkout", "-q", branch);
  chmodSync(path.join(h.repo.dir, file), mode);
  h.repo.commit("feat: change");
};

const move = (h: History, branch: string, from: string, to: string): void => {
  h.repo.git("checkout", "-q", branch);
  h.repo.git("mv", from, to);
  h.repo.commit("feat: change");
};

const submodule = (h: History, branch: string, digit: string): void => {
  h.repo.git("checkout", "-q", branch);
  h.repo.git("update-index", "--add", "--cacheinfo", `160000,${digit.repeat(40)},lib`);
  h.repo.git("commit", "-q", "-m", "feat: change");
};

const kinds: Kind[] = [
  {
    what: "a mode",
    change: (h) => chmod(h, "feature", "app.ts", 0o755),
    other: (h) => chmod(h, "main", "log.ts", 0o755),
  },
  {
    what: "a rename",
    change: (h) => move(h, "feature", "app.ts", "program.ts"),
    other: (h) => move(h, "main", "app.ts", "tool.ts"),
  },
  {
    what: "a removed file",
    change: (h) => h.on("feature", "feat: change", { "math.ts": null }),
    other: (h) => h.on("main", "chore: other", { "math.ts": "// nearly gone\n" }),
  },
  {
    what: "removed lines",
    change: (h) => h.edit("feature", "feat: change", "math.ts", "export const math2 = math(2);\n", ""),
    other: (h) => h.edit("main", "chore: other", "math.ts", "export const math4 = math(4);\n", ""),
  },
  {
    what: "a binary file",
    before: { "icon.png": binary(3) },
    change: (h) => h.on("feature", "feat: change", { "icon.png": binary(5) }),
    other: (h) => h.on("main", "chore: other", { "icon.png": binary(7) }),
  },
  {
    what: "a submodule",
    change: (h) => submodule(h, "feature", "1"),
    other: (h) => submodule(h, "main", "2"),
  },
  {
    what: "a file with CRLF",
    before: { "dos.txt": "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\n" },
    change: (h) => h.on("feature", "feat: change", { "dos.txt": "one\r\ntwo\r\nTHREE\r\nfour\r\nfive\r\n" }),
    other: (h) => h.on("main", "chore: other", { "dos.txt": "one\r\ntwo\r\nTHREE\nfour\r\nfive\r\n" }),
  },
  {
    what: "line ends alone",
    before: { "dos.txt": "one\r\ntwo\r\nthree\r\n" },
    change: (h) => h.on("feature", "feat: change", { "dos.txt": "one\ntwo\nthree\n" }),
    other: (h) => h.on("main", "chore: other", { "dos.txt": "one\ntwo\r\nthree\n" }),
  },
  {
    what: "a link",
    change: (h) => {
      h.repo.git("checkout", "-q", "feature");
      const target = h.repo.git("rev-parse", "main:log.ts");
      h.repo.git("update-index", "--add", "--cacheinfo", `120000,${target},link`);
      h.repo.git("commit", "-q", "-m", "feat: change");
      h.repo.git("reset", "-q", "--hard");
    },
    other: (h) => h.on("main", "chore: other", { link: h.text("main:log.ts") }),
  },
  {
    what: "names that are no words",
    change: (h) => h.on("feature", "feat: change", { '-x "ü\n\t.ts': numbered("odd", 4) }),
    other: (h) => h.on("main", "chore: other", { '-x "ü\n\t.tsx': numbered("odd", 4) }),
  },
  {
    what: "a last line without an end",
    before: { "end.txt": "one\ntwo" },
    change: (h) => h.on("feature", "feat: change", { "end.txt": "one\ntwo\nthree" }),
    other: (h) => h.on("main", "chore: other", { "end.txt": "one\ntwo\nthree\n" }),
  },
];

describe("landing: every kind of change", () => {
  for (const { what, before, change, other } of kinds) {
    const start = (): History => {
      const h = new History();
      if (before) h.on("main", "chore: before", before);
      h.repo.git("branch", "-f", "feature", "main");
      change(h);
      return h;
    };

    it(`${what} that came in, and one after it`, async () => {
      const h = start();
      h.on("main", "docs: first", { "readme.md": "first\n" });
      h.squash("feature", "feat: landed (#12)");
      h.on("main", "docs: more", { "readme.md": "more\n" });
      assert.match(await h.verdict(), /^landed by squash as feat: landed \(#12\)$/);
      h.on("feature", "feat: next", { "next.ts": "next\n" });
      assert.equal(await h.verdict(), "open, 1");
    });

    it(`${what} that did not, where the target has another one`, async () => {
      const h = start();
      other(h);
      assert.equal(await h.verdict(), "open, 1");
    });
  }

  it("a large file is left to git itself", async () => {
    const h = new History();
    const large = numbered("large", 30_000);
    h.on("main", "chore: large", { "large.ts": large });
    h.repo.git("branch", "-f", "feature", "main");
    h.edit("feature", "feat: change", "large.ts", "large(17)", "large(-17)");
    h.edit("main", "chore: other", "large.ts", "large(29000)", "large(-29000)");
    assert.equal(await h.verdict(), "open, 1");
    h.squash("feature", "feat: landed (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: landed (#12)");
  });
});

describe("landing: every kind of repo", () => {
  it("a shallow clone, as far as its history goes", async () => {
    const h = new History();
    for (const name of ["one", "two", "three"]) h.on("main", `chore: ${name}`, { [name]: name });
    h.repo.git("branch", "old", "main~3");
    h.on("old", "feat: old", { "old.ts": "old\n" });
    h.repo.git("branch", "-f", "feature", "main");
    h.on("feature", "feat: csv", { "csv.ts": "csv\n" });
    h.on("main", "chore: four", { four: "four" });
    h.squash("feature", "feat: CSV (#12)");
    const dir = path.join(tempDir(), "clone");
    h.repo.git("clone", "-q", "--no-single-branch", "--depth=3", `file://${h.repo.dir}`, dir);
    const clone = new History(TestRepo.init().at(dir));
    assert.equal(await clone.verdict("origin/feature"), "landed by squash as feat: CSV (#12)");
    assert.match(await clone.verdict("origin/old~1"), /^unknown: /);
  });

  it("a repo with sha256 ids", async () => {
    const h = new History(TestRepo.init(undefined, "--object-format=sha256"));
    h.edit("feature", "feat: usage 1", "app.ts", "usage: app", "usage: app [--csv]");
    h.edit("feature", "feat: usage 2", "app.ts", "[--csv]", "[--csv] [--tsv]");
    h.edit("main", "chore: app", "app.ts", "app(0)", "app(100)");
    h.squash("feature", "feat: usage (#12)");
    assert.equal(await h.verdict(), "landed by squash as feat: usage (#12)");
  });

  it("a bare repo, and one whose settings change every diff and merge", async () => {
    const h = new History();
    h.edit("feature", "feat: csv usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.edit("main", "chore: app", "app.ts", "app(0)", "app(100)");
    h.squash("feature", "feat: usage (#12)");
    const dir = path.join(tempDir(), "bare.git");
    h.repo.git("clone", "-q", "--bare", h.repo.dir, dir);
    assert.equal(await new History(h.repo.at(dir)).verdict(), "landed by squash as feat: usage (#12)");
    for (const setting of [
      "log.showSignature=true",
      "diff.renames=copies",
      "diff.noprefix=true",
      "diff.relative=true",
      "color.ui=always",
      "merge.renames=false",
      "core.quotePath=false",
      "log.showRoot=false",
      "diff.algorithm=patience",
    ]) {
      h.repo.git("config", ...setting.split("="));
    }
    h.on("main", "docs: more", { "readme.md": "more\n" });
    assert.equal(await h.verdict(), "landed by squash as feat: usage (#12)");
  });

  it("leaves no object, ref or file in it but the cache", async () => {
    const h = new History();
    h.edit("feature", "feat: csv usage", "app.ts", "usage: app", "usage: app [--csv]");
    h.edit("main", "chore: app", "app.ts", "app(0)", "app(100)");
    h.squash("feature", "feat: usage (#12)");
    const objects = h.repo.git("count-objects", "-v");
    const refs = h.repo.git("for-each-ref");
    await h.verdict();
    assert.equal(h.repo.git("count-objects", "-v"), objects);
    assert.equal(h.repo.git("for-each-ref"), refs);
    assert.equal(h.repo.git("status", "--porcelain"), "");
  });
});
