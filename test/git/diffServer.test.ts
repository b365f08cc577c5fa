import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { askDiffTree, readyDiffTree } from "../../src/git/diffServer";
import type { GitError } from "../../src/git/run";
import { until } from "../journey/kit/until";
import { TestRepo, tempDir } from "../kit/repo";

const args = ["diff-tree", "--stdin", "-r", "--patch", "--unified=0"];

describe("git/diffServer", () => {
  const repo = TestRepo.init();
  const treeOf = (commit: string) => repo.git("rev-parse", `${commit}^{tree}`);
  const first = treeOf(repo.commit("first", { "a.txt": "one\n", "dot.txt": "x\n" }));
  const second = treeOf(repo.commit("second", { "a.txt": "two\n", "dot.txt": ".\n" }));
  const here = { commonDir: path.join(repo.dir, ".git") };
  const log = path.join(tempDir(), "started");
  const settings = path.join(tempDir(), "gitconfig");
  const before = process.env.GIT_CONFIG_GLOBAL;

  beforeEach(() => {
    // Git itself writes down when it starts, and who it is. Another file of settings makes another kind of server.
    writeFileSync(log, "");
    writeFileSync(settings, `[trace2]\n\teventTarget = ${JSON.stringify(log)}\n`);
    process.env.GIT_CONFIG_GLOBAL = settings;
  });
  after(() => {
    if (before === undefined) delete process.env.GIT_CONFIG_GLOBAL;
    else process.env.GIT_CONFIG_GLOBAL = before;
  });

  it("answers many questions as git does, of one git that it starts", async () => {
    const plain = args.filter((arg) => arg !== "--stdin");
    const pairs = [[first, second] as const, [second, first] as const, [first, first] as const];
    const said = pairs.map((pair) => repo.git(...plain, ...pair));
    writeFileSync(log, "");
    for (const [i, pair] of pairs.entries())
      assert.equal(String(await askDiffTree(here, args, pair)).trimEnd(), said[i]);
    assert.equal(started().length, 1);
  });

  it("answers several at once, and many thousand bytes", async () => {
    const long = Array.from({ length: 20_000 }, (_, i) => `.\n${i}\n`).join("");
    const third = treeOf(repo.commit("third", { "long.txt": long }));
    const asked = Array.from({ length: 12 }, (_, i) =>
      askDiffTree(here, args, [i % 2 ? first : second, third]),
    );
    for (const answer of await Promise.all(asked)) assert.ok(String(answer).endsWith("+19999\n"));
  });

  it("uses the git that was made ready", async () => {
    await readyDiffTree(here, [...args, "-l7"]);
    await askDiffTree(here, [...args, "-l7"], [first, second]);
    assert.equal(started().length, 1);
  });

  it("starts another one where somebody ended it", async () => {
    const mine = [...args, "-l9"];
    await askDiffTree(here, mine, [first, second]);
    const [pid = 0] = started();
    process.kill(pid, "SIGKILL");
    assert.match(String(await askDiffTree(here, mine, [first, second])), /\+two/);
    assert.equal(started().length, 2);
  });

  it("waits for no more of an answer than it was told to, and answers the next one in full", async () => {
    const cut = await askDiffTree(here, args, [first, second], { mostBytes: 10 });
    assert.equal(String(cut), "diff --git");
    assert.match(String(await askDiffTree(here, args, [first, second])), /\+two/);
  });

  it("does not take a tree that is not here for one without a difference", async () => {
    const lost = "1".repeat(40);
    for (const pair of [[first, lost] as const, [lost, first] as const])
      await assert.rejects(askDiffTree(here, args, pair), /is no tree that can be read/);
    assert.match(String(await askDiffTree(here, args, [first, second])), /\+two/);
  });

  it("says what git complained of", async () => {
    const wrong = [...args, "--no-such-option"];
    await assert.rejects(askDiffTree(here, wrong, [first, second]), /usage: git diff-tree/);
  });

  it("is stopped when it is asked to", async () => {
    const controller = new AbortController();
    const asked = askDiffTree(here, args, [first, second], { signal: controller.signal });
    controller.abort();
    await assert.rejects(asked, (error: GitError) => error.result.exitCode === null);
    assert.match(String(await askDiffTree(here, args, [first, second])), /\+two/);
  });

  it("keeps no program alive that has nothing else to do, and ends with it", async () => {
    const script = `
      import { askDiffTree } from ${JSON.stringify(path.resolve("src/git/diffServer.ts"))};
      void askDiffTree(${JSON.stringify(here)}, ${JSON.stringify(args)}, ${JSON.stringify([first, second])});
    `;
    const file = path.join(tempDir(), "asks.ts");
    writeFileSync(file, script);
    execFileSync(process.execPath, ["--import", "tsx", file], {
      timeout: 9_000,
    });
    const [pid = 0] = started();
    await until(
      async () => isGone(pid) || undefined,
      () => "it is still there",
    );
  });

  // `ulimit` is a shell's.
  (process.platform === "win32" ? () => {} : it)("does no harm where no more files can be opened", () => {
    const file = path.join(tempDir(), "full.ts");
    writeFileSync(
      file,
      `
      import { openSync } from "node:fs";
      import { readyDiffTree } from ${JSON.stringify(path.resolve("src/git/diffServer.ts"))};
      // It would rest for seconds.
      const later = globalThis.setTimeout;
      Object.assign(globalThis, { setTimeout: (act: () => void, ms: number) => later(act, Math.min(ms, 200)) });
      try {
        for (;;) openSync("/dev/null", "r");
      } catch {}
      void readyDiffTree(${JSON.stringify(here)}, ${JSON.stringify(args)}).then(() => later(() => {}, 600));
    `,
    );
    const words = ["-c", 'ulimit -n 200; exec "$@"', "sh", process.execPath, "--import", "tsx", file];
    execFileSync("sh", words, { timeout: 30_000, stdio: "pipe" });
  });

  /** Who was started, by their process ids, which git puts in hex at the end of its name for a run. */
  function started(): number[] {
    const events = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return events
      .map((line): { event: string; sid: string } => JSON.parse(line))
      .flatMap(({ event, sid }) => (event === "start" ? [Number.parseInt(sid.slice(-8), 16)] : []));
  }

  function isGone(pid: number): boolean {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  }
});
