import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { cli, cliWith, validated } from "../kit/cli";
import { TestRepo, tempDir } from "../kit/repo";
import { answer, bug, cart } from "../review/run/kit";

interface Document {
  readonly head: { readonly branch: string | null };
  readonly selfCheck: {
    readonly state: string;
    readonly why: string | null;
    readonly parts: { name: string; state: string }[];
  };
  readonly reviewed: boolean;
  readonly run: { readonly findings: number; readonly reviewer: string } | null;
  readonly findings: readonly { readonly id: string; readonly title: string; readonly status: string }[];
}

function story(files: Readonly<Record<string, string>> = {}) {
  const { repo } = TestRepo.withOrigin();
  repo.git("switch", "-qc", "agent/cart");
  repo.commit("feat: cart", { "src/cart.ts": cart, ...files });
  return repo;
}

/** A reviewer as words of a command line. */
function saying(value: object): readonly [string, ...string[]] {
  const file = path.join(tempDir(), "reviewer.js");
  writeFileSync(
    file,
    `process.stdin.resume().on("end", () => console.log(${JSON.stringify(JSON.stringify(value))}))`,
  );
  return [process.execPath, file];
}

const json = (dir: string, ...args: string[]) => {
  const [before, after] = [args.slice(0, args.indexOf("--")), args.slice(args.indexOf("--"))];
  const { exitCode, stdout } = cli(dir, "review", "--format", "json", ...before, ...after);
  return { exitCode, document: validated<Document>("review", stdout) };
};

describe("agent-foreman review", () => {
  it("runs the own checks, then a fresh reviewer, and answers no while anything is left to decide", () => {
    const repo = story({ "package.json": JSON.stringify({ scripts: { lint: "true" } }) });
    const first = json(repo.dir, "--", ...saying(answer(bug)));
    assert.equal(first.exitCode, 1);
    assert.equal(first.document.head.branch, "agent/cart");
    assert.deepEqual(
      [
        first.document.selfCheck.state,
        first.document.selfCheck.parts.map(({ name, state }) => [name, state]),
      ],
      ["green", [["lint", "passed"]]],
    );
    assert.equal(first.document.run?.findings, 1);
    const [found] = first.document.findings;
    assert.deepEqual([found?.title, found?.status], [bug.title, "open"]);

    assert.equal(
      cli(repo.dir, "adjudicate", found?.id ?? "", "overrule", "--reason", "intended").exitCode,
      0,
    );
    // In other words on the same code, by somebody who was told that it is decided.
    const again = json(repo.dir, "--", ...saying(answer({ ...bug, title: "May be negative" })));
    assert.equal(again.exitCode, 0);
    assert.deepEqual(
      again.document.findings.map(({ status }) => status),
      ["overruled"],
    );
  });

  it("says it for a person, with what was left out", () => {
    const repo = story();
    const made = { ...bug, title: "made up", quote: "nowhere" };
    const { stdout, exitCode, stderr } = cli(repo.dir, "review", "--", ...saying(answer(bug, made)));
    assert.equal(exitCode, 1, stderr);
    assert.match(
      stdout,
      /^Own checks: No typecheck, lint or test of this repo is known\.\n\nsrc\/cart\.ts\n {2}[0-9a-f]{8} {2}open {2}major {2}line 3/,
    );
    assert.match(
      stdout,
      /\nnode: changes, 1 finding \(\d+ s, cost not told\)\.\n1 finding left out: the code/,
    );
    assert.match(stderr, /^node reviews [0-9a-f]{8} …\n/);
  });

  it("stops before a review where the own checks are red, unless told to go on", () => {
    const repo = story({
      "package.json": JSON.stringify({ scripts: { test: "echo three tests failed; false" } }),
    });
    const stopped = json(repo.dir, "--", ...saying(answer()));
    assert.deepEqual(
      [stopped.exitCode, stopped.document.reviewed, stopped.document.selfCheck.state],
      [1, false, "red"],
    );
    const text = cli(repo.dir, "review", "--", ...saying(answer())).stdout;
    assert.match(text, /^test: FAILED \(.*\)\n.*three tests failed/s);
    assert.match(text, /Not reviewed, because the repo's own checks are red/);
    const went = json(repo.dir, "--despite-red", "--", ...saying(answer()));
    assert.deepEqual([went.exitCode, went.document.reviewed], [0, true]);
    const skipped = json(repo.dir, "--skip-checks", "--", ...saying(answer()));
    assert.deepEqual([skipped.exitCode, skipped.document.selfCheck.why], [0, "They were skipped, as asked."]);
  });

  it("never says clean where nothing was reviewed", () => {
    const repo = story();
    const failed = cli(repo.dir, "review", "--format", "json", "--", "false");
    assert.equal(failed.exitCode, 2);
    assert.deepEqual(
      validated<{ error: { code: string } }>("error", failed.stdout).error.code,
      "reviewer-failed",
    );
    const nobody = cliWith({ PATH: repo.git("--exec-path") }, repo.dir, "review");
    assert.equal(nobody.exitCode, 2);
    assert.match(nobody.stderr, /No reviewer is installed/);
    for (const bad of [
      ["--with", "nobody"],
      ["--timeout", "0"],
      ["--max-cost", "x"],
      ["--with", "claude", "--", "x"],
    ]) {
      const refused = cli(repo.dir, "review", ...bad);
      assert.equal(refused.exitCode, 2);
      assert.match(refused.stderr, /Usage: agent-foreman review/);
    }
    assert.equal(cli(repo.dir, "findings").exitCode, 2);
  });
});
