import assert from "node:assert/strict";
import path from "node:path";
import fc from "fast-check";
import { isBranchName } from "../../src/git/checkRefFormat";
import { openRepo } from "../../src/git/repo";
import { chooseNames, defaultContainer, freeSlug, slugOf } from "../../src/worktrees/name";
import { TestRepo } from "../kit/repo";

const bad = "has no letter or digit to make a branch and a folder of.";

describe("worktrees/name", () => {
  const usable: [string, string][] = [
    ["csv export", "csv-export"],
    ["CSV-Export", "csv-export"],
    ["Fix the login page, so that it doesn't time out", "fix-the-login-page-so-that"],
    ['say "hello" & `rm -rf /`; $(id)', "say-hello-rm-rf-id"],
    ["it's O'Brien’s", "its-obriens"],
    ["two\nlines\r\n", "two-lines"],
    ["--force", "force"],
    ["-D", "d"],
    ["Größe ändern", "größe-ändern"],
    ["cafe\u0301", "café"],
    ["日本語の名前", "日本語の名前"],
    ["हिन्दी नाम", "हिन्दी-नाम"],
    ["🚀 launch 🚀", "launch"],
    ["../../etc/passwd", "etc-passwd"],
    ["a..b", "a-b"],
    ["C:\\Windows", "c-windows"],
    ["nul\0byte", "nul-byte"],
    ["con", "con-work"],
    ["LPT1", "lpt1-work"],
    ["com1.txt", "com1-txt"],
    [".git", "git"],
    ["HEAD", "head"],
    ["@{-1}", "1"],
    ["main.lock", "main-lock"],
    ["\ud800lone", "lone"],
    ["x".repeat(5000), "x".repeat(50)],
    ["語".repeat(5000), "語".repeat(33)],
    ["\u17b4㐀", "㐀"],
    ["word ".repeat(1000), "word-word-word-word-word-word"],
    [`short ${"x".repeat(60)}`, "short"],
  ];
  for (const [name, slug] of usable)
    it(`makes ${slug.slice(0, 30)} of ${JSON.stringify(name).slice(0, 40)}`, () => {
      assert.deepEqual(slugOf(name), { ok: true, value: slug });
    });

  const unusable: [string, string][] = [
    ["", `An empty name ${bad}`],
    ["\n", `An empty name ${bad}`],
    ["   ", `An empty name ${bad}`],
    ["..", `The name ‘..’ ${bad}`],
    ["---", `The name ‘---’ ${bad}`],
    ["@{", `The name ‘@{’ ${bad}`],
    ["\0", `The name ‘\\u0000’ ${bad}`],
    ["🚀", `The name ‘🚀’ ${bad}`],
    ["\u0301", `The name ‘\u0301’ ${bad}`],
    ['"\'"', `The name ‘"'"’ ${bad}`],
  ];
  for (const [name, message] of unusable)
    it(`refuses ${JSON.stringify(name)}`, () => {
      const hint = "Give a short name or a task, for example: csv export. Nothing was made.";
      assert.deepEqual(slugOf(name), { ok: false, refusal: { code: "bad-name", message, hint } });
    });

  it("makes of any text a safe name or a refusal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        const slug = slugOf(name);
        if (!slug.ok) return slug.refusal.code === "bad-name";
        const { value } = slug;
        return (
          /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u.test(value) &&
          !value.endsWith("-") &&
          value.normalize("NFC") === value &&
          value.length <= 55 &&
          Buffer.byteLength(value) <= 105
        );
      }),
    );
  });

  const repo = { dir: "/w/shop", commonDir: "/w/shop/.git", bare: false };

  it("puts worktrees beside the repo, under the agents' prefix", () => {
    assert.deepEqual(chooseNames(repo, { name: "CSV export" }), {
      ok: true,
      value: {
        slug: "csv-export",
        branch: "agent/csv-export",
        path: path.resolve("/w/shop.worktrees/csv-export"),
        branchToCheck: false,
      },
    });
    assert.equal(defaultContainer({ dir: "/w/x.git", bare: true }), path.join("/w", "x.worktrees"));
    assert.equal(defaultContainer({ dir: "/w/p/.git", bare: true }), "/w/p.worktrees");
    assert.equal(defaultContainer({ dir: "/w/x.git", bare: false }), path.join("/w", "x.git.worktrees"));
  });

  it("takes a branch, a path, a prefix and a container as told", () => {
    const names = (request: object) => {
      const chosen = chooseNames(repo, { name: "", ...request });
      return chosen.ok ? [chosen.value.branch, chosen.value.path] : chosen.refusal.code;
    };
    assert.deepEqual(names({ branch: "fix/Login" }), ["fix/Login", path.resolve("/w/shop.worktrees/login")]);
    assert.deepEqual(names({ name: "a", path: "../desk" }), ["agent/a", path.resolve("/w/desk")]);
    assert.deepEqual(names({ name: "a", path: "wt/a" }), ["agent/a", path.resolve("/w/shop/wt/a")]);
    assert.deepEqual(names({ name: "a", branchPrefix: "bots/" }), [
      "bots/a",
      path.resolve("/w/shop.worktrees/a"),
    ]);
    assert.deepEqual(names({ name: "a", container: "/desks" }), ["agent/a", path.resolve("/desks/a")]);
  });

  const faults: [string, object, string, string][] = [
    [
      "a branch with NUL",
      { branch: "a\0b" },
      "bad-branch",
      "‘a\\u0000b’ cannot be a branch: it contains a control character.",
    ],
    [
      "a branch with a newline",
      { branch: "a\nb" },
      "bad-branch",
      "‘a\\nb’ cannot be a branch: it contains a control character.",
    ],
    [
      "a branch of 5,000 characters",
      { branch: "x".repeat(5000) },
      "bad-branch",
      `‘${"x".repeat(60)}…’ cannot be a branch: it is longer than 200 bytes.`,
    ],
    ["HEAD", { branch: "HEAD" }, "bad-branch", "‘HEAD’ cannot be a branch: git uses that name itself."],
    [
      "a full ref name",
      { branch: "refs/heads/x" },
      "bad-branch",
      "‘refs/heads/x’ cannot be a branch: it would be mistaken for the full name of a ref.",
    ],
    [
      "an object id",
      { branch: "a".repeat(40) },
      "bad-branch",
      `‘${"a".repeat(40)}’ cannot be a branch: it would be mistaken for a commit.`,
    ],
    [
      "a path with NUL",
      { path: "a\0b" },
      "bad-path",
      "A worktree cannot be put at ‘a\\u0000b’: it contains a control character, which breaks git's own lists.",
    ],
    [
      "a path with a newline",
      { path: "a\nb" },
      "bad-path",
      "A worktree cannot be put at ‘a\\nb’: it contains a control character, which breaks git's own lists.",
    ],
    ["an empty path", { path: " " }, "bad-path", "A worktree cannot be put at ‘ ’: it is empty."],
    [
      "a path in git's folder",
      { path: ".git/x" },
      "bad-path",
      "A worktree cannot be put at ‘.git/x’: it is inside git's own folder.",
    ],
    [
      "the repo itself",
      { path: "." },
      "bad-path",
      "A worktree cannot be put at ‘.’: it is the repo itself, or a folder around it.",
    ],
    [
      "a folder around the repo",
      { path: ".." },
      "bad-path",
      "A worktree cannot be put at ‘..’: it is the repo itself, or a folder around it.",
    ],
  ];
  for (const [what, request, code, message] of faults)
    it(`refuses ${what}`, () => {
      const chosen = chooseNames(repo, { name: "a", ...request });
      assert.ok(!chosen.ok);
      assert.deepEqual([chosen.refusal.code, chosen.refusal.message], [code, message]);
    });

  it("asks git for what a branch may be called", async () => {
    const opened = await openRepo(TestRepo.init().dir);
    assert.ok(opened.ok);
    const names = [
      "agent/ok",
      "größe",
      "a b",
      "-x",
      "a..b",
      "@{-1}",
      "x.lock",
      ".x",
      "a//b",
      "a/",
      "a~1",
      "a:b",
      "*",
    ];
    const taken: string[] = [];
    for (const name of names) if (await isBranchName(opened.value, name)) taken.push(name);
    // The names that git lets pass and we do not are in the table above.
    assert.deepEqual(taken, ["agent/ok", "größe"]);
  });

  it("proposes a name that is free", () => {
    const taken = new Set(["a-2", "a-3"]);
    assert.equal(
      freeSlug("a", (slug) => taken.has(slug)),
      "a-4",
    );
    assert.equal(
      freeSlug("x".repeat(50), () => false),
      `${"x".repeat(48)}-2`,
    );
  });
});
