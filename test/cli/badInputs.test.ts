import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cli, cliWith } from "../kit/cli";
import { TestRepo, tempDir } from "../kit/repo";

interface Case {
  readonly given: string;
  /** Makes the situation; gives the folder to run in and the arguments. */
  readonly make: () => { dir: string; args: readonly string[]; repo?: TestRepo };
  readonly exitCode: 0 | 1 | 2;
  /** The last line of stderr without the program's name; DIR stands for the repo's folder, BESIDE for its parent. */
  readonly says?: string;
}

const withOrigin = () => TestRepo.withOrigin().repo;
const empty = () => TestRepo.init();
const makes = (repo: TestRepo, ...args: string[]) => ({ dir: repo.dir, args: ["new", ...args], repo });
const lists = (repo: TestRepo) => ({ dir: repo.dir, args: ["list"], repo });

const repos: readonly Case[] = [
  {
    given: "a folder that is no repo",
    make: () => ({ dir: tempDir(), args: ["new", "x"] }),
    exitCode: 2,
    says: "DIR is not inside a git repository. Open the folder of a git repository, or run git init there.",
  },
  {
    given: "a folder that is not there",
    make: () => ({ dir: tempDir(), args: ["list", "--repo", "/nowhere/at/all"] }),
    exitCode: 2,
    says: "There is no folder /nowhere/at/all. Check the path, or open the repo's folder.",
  },
  {
    given: "no commits: new",
    make: () => makes(empty(), "x"),
    exitCode: 2,
    says: "This repo has no commit yet, so there is nothing to start from. Make a first commit, and try again. Nothing was made.",
  },
  { given: "no commits: list", make: () => lists(empty()), exitCode: 0 },
  {
    given: "a bare repo: new",
    make: () => {
      const repo = withOrigin();
      const bare = TestRepo.at(`${repo.dir}-bare.git`);
      repo.git("clone", "-q", "--bare", repo.git("remote", "get-url", "origin"), bare.dir);
      return makes(bare, "x");
    },
    exitCode: 0,
  },
  {
    given: "a detached HEAD",
    make: () => {
      const repo = withOrigin();
      repo.git("checkout", "-q", "--detach");
      return makes(repo, "x");
    },
    exitCode: 0,
  },
  {
    given: "no remote",
    make: () => {
      const repo = empty();
      repo.commit("first");
      return makes(repo, "x");
    },
    exitCode: 0,
  },
  {
    given: "an unborn branch beside an origin that has commits",
    make: () => {
      const repo = withOrigin();
      repo.git("checkout", "-q", "--orphan", "fresh");
      return makes(repo, "x");
    },
    exitCode: 0,
  },
  {
    given: "a shallow clone",
    make: () => {
      const repo = withOrigin();
      repo.commit("second");
      repo.git("push", "-q", "origin", "main");
      const shallow = TestRepo.at(`${repo.dir}-shallow`);
      repo.git("clone", "-q", "--depth=1", `file://${repo.git("remote", "get-url", "origin")}`, shallow.dir);
      return makes(shallow, "x");
    },
    exitCode: 0,
  },
  {
    given: "unrelated histories",
    make: () => {
      const repo = withOrigin();
      repo.git("checkout", "-q", "--orphan", "unrelated");
      repo.commit("no parent");
      repo.git("worktree", "add", "-q", "../main", "main");
      return lists(repo);
    },
    exitCode: 0,
  },
  {
    given: "a locked index: list reads all the same",
    make: () => {
      const repo = withOrigin();
      repo.write({ ".git/index.lock": "" });
      return lists(repo);
    },
    exitCode: 0,
  },
  {
    given: "a locked index: remove",
    make: () => {
      const repo = withOrigin();
      repo.git("worktree", "add", "-q", "-b", "x", "../x");
      repo.write({ ".git/worktrees/x/index.lock": "" });
      return { dir: repo.dir, args: ["remove", "x"], repo };
    },
    exitCode: 1,
    says: "A git command is running in BESIDE/x, or was killed there: DIR/.git/worktrees/x/index.lock exists. Try again in a moment. If no git command runs there, delete that file.",
  },
  {
    given: "a missing worktree folder: list",
    make: () => {
      const repo = withOrigin();
      repo.git("worktree", "add", "-q", "-b", "x", "../x");
      rmSync(repo.at("../x").dir, { recursive: true });
      return lists(repo);
    },
    exitCode: 0,
  },
  {
    given: "a missing worktree folder: remove takes git's entry away",
    make: () => {
      const repo = withOrigin();
      repo.git("worktree", "add", "-q", "-b", "x", "../x");
      rmSync(repo.at("../x").dir, { recursive: true });
      return { dir: repo.dir, args: ["remove", "x"], repo };
    },
    exitCode: 0,
  },
  {
    given: "several remotes and none called origin",
    make: () => {
      const repo = withOrigin();
      repo.git("remote", "rename", "origin", "fork");
      repo.git("remote", "add", "upstream", "/nowhere");
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "This repo has 2 remotes and none is called origin, so where work will merge is not known. Name the base, for example: fork/main. Nothing was made.",
  },
  {
    given: "an origin that is empty",
    make: () => {
      const origin = TestRepo.init(path.join(tempDir(), "origin.git"), "--bare");
      const repo = empty();
      repo.commit("first");
      repo.git("remote", "add", "origin", origin.dir);
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "origin has no default branch yet (it is empty, or does not tell). Push a first branch, or name a local branch as the base. Nothing was made.",
  },
  {
    given: "an origin that cannot be reached",
    make: () => {
      const repo = withOrigin();
      repo.git("remote", "set-url", "origin", "/nowhere/at/all.git");
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "origin could not be fetched, so whether the base is up to date is not known. Git says: fatal: '/nowhere/at/all.git' does not appear to be a git repository. Try again, or go on offline from origin/main as known here: OID, nobody knows when it was fetched. Nothing was made.",
  },
  {
    given: "a base that is not there",
    make: () => makes(withOrigin(), "x", "--base", "nonsense"),
    exitCode: 2,
    says: "There is no branch, tag or commit ‘nonsense’ in this repo. Check the name, or leave it out to start from the default branch. Nothing was made.",
  },
  {
    given: "a base that begins with a dash",
    make: () => makes(withOrigin(), "x", "--base=--all"),
    exitCode: 2,
    says: "There is no branch, tag or commit ‘--all’ in this repo. Check the name, or leave it out to start from the default branch. Nothing was made.",
  },
  {
    given: "a folder that one may not write to",
    make: () => {
      const repo = withOrigin();
      writeFileSync(`${repo.dir}.worktrees`, "a file where the container would be");
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "DIR.worktrees is not a folder, so nothing can be put into it. Choose another place. Nothing was made.",
  },
  {
    given: "a branch that is there",
    make: () => {
      const repo = withOrigin();
      repo.git("branch", "agent/x");
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "There is already a branch agent/x. Choose another name; x-2 is free. Nothing was made.",
  },
  {
    given: "a branch that the remote has",
    make: () => {
      const repo = withOrigin();
      repo.git("push", "-q", "origin", "main:agent/x");
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "origin already has a branch agent/x, with commits that a new worktree would not have. Choose another name, or check that branch out: git fetch origin agent/x. Nothing was made.",
  },
  {
    given: "a branch below another branch",
    make: () => {
      const repo = withOrigin();
      repo.git("branch", "agent");
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "Git cannot hold agent/x beside the branch agent: one would be a folder of the other. Choose another name or branch prefix. Nothing was made.",
  },
  {
    given: "a folder that is taken",
    make: () => {
      const repo = withOrigin();
      mkdirSync(`${repo.dir}.worktrees/x`, { recursive: true });
      writeFileSync(`${repo.dir}.worktrees/x/mine`, "");
      return makes(repo, "x");
    },
    exitCode: 2,
    says: "DIR.worktrees/x already exists. Choose another name; x-2 is free. Nothing was made.",
  },
];

const noLetter =
  "has no letter or digit to make a branch and a folder of. Give a short name or a task, for example: csv export. Nothing was made.";

const names: readonly [given: string, name: string, branch: string | { says: string }][] = [
  ["spaces", "  CSV   export ", "agent/csv-export"],
  ["quotes", `"quoted" 'name' \`x\``, "agent/quoted-name-x"],
  ["a newline", "first\nsecond", "agent/first-second"],
  ["a shell's characters", "$(rm -rf ~); echo hi | cat", "agent/rm-rf-echo-hi-cat"],
  ["unicode", "Größe 変更 naïve", "agent/größe-変更-naïve"],
  ["a way out", "../../etc/passwd", "agent/etc-passwd"],
  ["a lock's name", "x.lock", "agent/x-lock"],
  ["a revision", "HEAD@{1}~2^", "agent/head-1-2"],
  ["a name Windows cannot have", "con", "agent/con-work"],
  ["5,000 characters", "a".repeat(5000), `agent/${"a".repeat(50)}`],
  ["nothing", "", { says: `An empty name ${noLetter}` }],
  ["two dots", "..", { says: `The name ‘..’ ${noLetter}` }],
  ["dashes", "---", { says: `The name ‘---’ ${noLetter}` }],
  ["emoji alone", "🙂", { says: `The name ‘🙂’ ${noLetter}` }],
];

const branches: readonly [branch: string, fault: string][] = [
  ["a b", "git does not allow such a name"],
  ["-x", "git does not allow such a name"],
  ["a..b", "git does not allow such a name"],
  ["HEAD", "git uses that name itself"],
  ["x.lock", "git does not allow such a name"],
  ["a\nb", "it contains a control character"],
  ["refs/heads/../../x", "it would be mistaken for the full name of a ref"],
  ["@{-1}", "git does not allow such a name"],
];

describe("bad input gets a message that says what is safe and what to do", () => {
  for (const { given, make, exitCode, says } of repos) {
    it(given, () => {
      const { dir, args, repo } = make();
      const before = repo?.git("for-each-ref");
      const folder = repo && path.dirname(repo.dir);
      const beside = folder && readdirSync(folder);
      const result = cli(dir, ...args);
      assert.equal(result.exitCode, exitCode, result.stderr + result.stdout);
      if (!says) return;
      assert.equal(said(result.stderr, dir), says);
      assert.equal(result.stdout, "");
      assert.equal(repo?.git("for-each-ref"), before, "refs are as before");
      assert.deepEqual(folder && readdirSync(folder), beside, "no folder came or went");
    });
  }

  const repo = withOrigin();
  for (const [given, name, branch] of names) {
    it(`a name: ${given}`, () => {
      const result = cli(repo.dir, "new", "--format", "json", "--", name);
      if (typeof branch === "string") {
        assert.equal(result.exitCode, 0, result.stderr);
        assert.equal(JSON.parse(result.stdout).worktree.branch, branch);
      } else {
        assert.equal(result.exitCode, 2);
        assert.match(JSON.parse(result.stdout).error.code, /^bad-/);
        assert.equal(said(result.stderr, repo.dir), branch.says);
      }
    });
  }

  for (const [branch, fault] of branches) {
    it(`a branch: ${JSON.stringify(branch)}`, () => {
      const before = repo.git("for-each-ref");
      const result = cli(repo.dir, "new", "x", `--branch=${branch}`);
      assert.equal(result.exitCode, 2, result.stdout);
      const shown = branch.replace("\n", "\\n");
      const advice =
        "Use letters, digits, dashes and single slashes, for example: agent/csv-export. Nothing was made.";
      assert.equal(said(result.stderr, repo.dir), `‘${shown}’ cannot be a branch: ${fault}. ${advice}`);
      assert.equal(repo.git("for-each-ref"), before);
    });
  }

  for (const [given, script, says] of [
    [
      "git that is too old",
      '#!/bin/sh\necho "git version 2.30.2"\n',
      /^Git 2\.30 is too old: .* Update git, and try again\. Nothing was changed\.$/,
    ],
    [
      "no git at all",
      null,
      /^Git was not found on this machine\. Install git 2\.38 or newer, and try again\.$/,
    ],
  ] as const) {
    it(given, () => {
      const bin = tempDir();
      if (script !== null) {
        writeFileSync(path.join(bin, "git"), script);
        chmodSync(path.join(bin, "git"), 0o755);
      }
      const result = cliWith({ PATH: bin }, repo.dir, "list");
      assert.equal(result.exitCode, 2);
      assert.match(said(result.stderr, repo.dir), says);
    });
  }
});

function said(stderr: string, dir: string): string {
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  return last
    .replace(/^agent-foreman: /, "")
    .replaceAll(dir, "DIR")
    .replaceAll(path.dirname(dir), "BESIDE")
    .replace(/\b[0-9a-f]{8}\b/, "OID");
}
