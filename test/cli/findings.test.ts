import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { cli, cliJson } from "../kit/cli";
import { TestRepo, tempDir } from "../kit/repo";
import { bug, cart } from "../review/run/kit";

interface Listed {
  readonly head: { oid: string; branch: string | null };
  readonly counts: Record<string, number>;
  readonly precision: object[];
  readonly findings: {
    id: string;
    title: string;
    status: string;
    path: string;
    anchor: { path: string; startLine: number } | null;
    decision: { reason: string | null; by: string } | null;
  }[];
}

const alarm = { ...bug, title: "sum is never changed", quote: "let sum = 0;", startLine: 2, severity: "nit" };

function document(headSha: string, ...findings: object[]): object {
  return { schemaVersion: 1, headSha, verdict: "changes", summary: "One real bug.", findings, dod: [] };
}

/** A branch with one file, and a way to write a reviewer's answer beside the repo. */
function story() {
  const { repo } = TestRepo.withOrigin();
  repo.git("config", "user.name", "Ann Reviewer");
  repo.git("switch", "-qc", "agent/cart");
  repo.commit("feat: cart", { "src/cart.ts": cart });
  const file = path.join(tempDir(), "claude.json");
  const say = (...findings: object[]): string => {
    writeFileSync(file, JSON.stringify(document(repo.git("rev-parse", "HEAD"), ...findings)));
    return file;
  };
  const list = (...args: string[]) => cliJson<Listed>("findings", repo.dir, "findings", ...args);
  return { repo, file, say, list };
}

const brief = ({ findings }: Listed) =>
  findings.map(({ title, status, anchor, decision }) => [
    title,
    status,
    anchor?.startLine ?? null,
    decision?.reason ?? null,
  ]);

describe("agent-foreman findings and adjudicate", () => {
  it("carries verdicts through a rebase, moved lines, a rename and another wording, until the code changes", () => {
    const { repo, say, list } = story();
    const first = list("--import", say(bug, alarm));
    assert.deepEqual(brief(first), [
      [bug.title, "open", 3, null],
      [alarm.title, "open", 2, null],
    ]);
    const [real, wrong] = first.findings;
    const accept = cliJson<object>("verdict", repo.dir, "adjudicate", real?.id.slice(0, 6) ?? "", "accept");
    assert.deepEqual(
      { ...accept, at: "" },
      {
        schemaVersion: 1,
        findingId: real?.id,
        headOid: first.head.oid,
        verdict: "accept",
        reason: null,
        by: "Ann Reviewer",
        at: "",
      },
    );
    const overrule = cli(repo.dir, "adjudicate", wrong?.id ?? "", "overrule", "--reason", "intended");
    assert.deepEqual(overrule, {
      exitCode: 0,
      stderr: "",
      stdout: `${wrong?.id.slice(0, 8)} is overruled: intended\n`,
    });

    repo.git("switch", "-q", "main");
    repo.commit("more", { "other.txt": "x\n" });
    repo.git("push", "-q", "origin", "main");
    repo.git("switch", "-q", "agent/cart");
    repo.git("rebase", "-q", "main");
    repo.git("mv", "src/cart.ts", "src/basket.ts");
    repo.commit("refactor: a better name", { "src/basket.ts": `// the basket\n\n${cart}` });
    const moved = list();
    assert.deepEqual(brief(moved), [
      [bug.title, "accepted", 5, null],
      [alarm.title, "overruled", 4, "intended"],
    ]);
    assert.equal(moved.findings[0]?.anchor?.path, "src/basket.ts");

    const again = {
      ...alarm,
      path: "src/basket.ts",
      title: "Variable sum keeps its first value",
      quote: "  let sum = 0;\n  return sum - cart.discount;",
    };
    const second = list("--import", say(again));
    const raisedAgain = brief(second).find(([title]) => title === again.title);
    assert.deepEqual(raisedAgain, [again.title, "overruled", 4, "intended"]);
    assert.equal(second.counts.open, 0);

    repo.commit("fix: no negative total", {
      "src/basket.ts": cart.replace("sum - cart.discount", "Math.max(0, sum - cart.discount)"),
    });
    const statuses = list().findings.map(({ title, status }) => [title, status]);
    assert.deepEqual(Object.fromEntries(statuses), {
      [bug.title]: "fixed",
      [alarm.title]: "overruled",
      [again.title]: "outdated",
    });
    assert.deepEqual(list().precision, [{ reviewer: "claude", accepted: 1, decided: 2, precision: 0.5 }]);
  });

  it("prints for a person, and nothing that a terminal would obey", () => {
    const { repo, say } = story();
    const evil = { ...bug, title: "\u001b[31mred\u202e", path: "gone.ts" };
    const result = cli(repo.dir, "findings", "--import", say(bug, evil));
    assert.equal(result.stderr, "2 findings of claude imported.\n");
    const ids = cliJson<Listed>("findings", repo.dir, "findings").findings.map(({ id }) => id.slice(0, 8));
    assert.equal(
      result.stdout,
      [
        "gone.ts",
        `  ${ids[0]}  open  major  no line  \\u001b[31mred\\u202e`,
        "",
        "src/cart.ts",
        `  ${ids[1]}  open  major  line 3  ${bug.title}`,
        "",
        "0 of 2 decided, 2 open. Reviewed by claude, just now.",
        "",
      ].join("\n"),
    );
  });

  it("shows findings where they belong: to their branch, and to what contains their commit", () => {
    const { repo, say, list } = story();
    list("--import", say(bug));
    repo.git("switch", "-q", "main");
    const here = cli(repo.dir, "findings", "--format", "json");
    assert.deepEqual([here.exitCode, JSON.parse(here.stdout).error.code], [2, "not-reviewed"]);
    assert.equal(list("--head", "agent/cart").findings.length, 1);
    repo.git("switch", "-q", "--detach", "agent/cart");
    assert.equal(list().findings.length, 1);
    repo.git("switch", "-qc", "agent/next");
    repo.commit("more", { "more.txt": "x\n" });
    assert.equal(list().findings.length, 1);
  });

  it("exports what it can import again, and what other tools read", () => {
    const { repo, say, list } = story();
    const { findings } = list("--import", say(bug, alarm));
    cli(repo.dir, "adjudicate", findings[1]?.id ?? "", "overrule", "--reason", "false alarm");
    const out = path.join(tempDir(), "out.json");
    const exported = (as: string) => {
      assert.deepEqual(cli(repo.dir, "findings", "--export", out, "--as", as).stdout, `Written to ${out}.\n`);
      return JSON.parse(readFileSync(out, "utf8"));
    };

    const ours = exported("json");
    const schemaFile = path.resolve(__dirname, "../../media/schemas/finding.schema.json");
    const strict: { definitions: { finding: { additionalProperties: boolean } } } = JSON.parse(
      readFileSync(schemaFile, "utf8"),
    );
    const reviewers = new Ajv().compile(structuredClone(strict));
    assert.ok(reviewers(document("abcdef0", bug)), JSON.stringify(reviewers.errors));
    assert.ok(!reviewers(document("abcdef0", { ...bug, more: 1 })));
    strict.definitions.finding.additionalProperties = true;
    const validate = new Ajv().compile(strict);
    assert.ok(validate(ours), JSON.stringify(validate.errors));
    const elsewhere = TestRepo.at(path.join(tempDir(), "clone"));
    repo.git("clone", "-q", "--branch", "agent/cart", repo.dir, elsewhere.dir);
    const copied = cliJson<Listed>("findings", elsewhere.dir, "findings", "--import", out);
    assert.deepEqual(
      copied.findings.map(({ id, status }) => [id, status]),
      findings.map(({ id }) => [id, "open"]),
    );

    const sarif = exported("sarif");
    assert.deepEqual(
      sarif.runs[0].results.map((each: { suppressions: object[] }) => each.suppressions),
      [[], [{ kind: "external", status: "accepted", justification: "false alarm" }]],
    );
    const rdjson = exported("rdjson");
    assert.deepEqual(
      rdjson.diagnostics.map((each: { location: object }) => each.location),
      [{ path: "src/cart.ts", range: { start: { line: 3, column: 1 }, end: { line: 3, column: 1 } } }],
    );
    assert.deepEqual(JSON.parse(cli(repo.dir, "findings", "--export", "-", "--as", "rdjson").stdout), rdjson);
  });

  it("refuses with exit code 2 and notes nothing", () => {
    const { repo, say, file, list } = story();
    const { findings } = list("--import", say(bug, alarm));
    const id = findings[0]?.id ?? "";
    const code = (...args: string[]) => {
      const result = cli(repo.dir, ...args, "--format", "json");
      return [result.exitCode, result.exitCode === 0 ? null : JSON.parse(result.stdout).error.code];
    };
    assert.deepEqual(code("adjudicate", id, "overrule"), [2, "reason-missing"]);
    assert.deepEqual(code("adjudicate", id, "overrule", "--reason", "  "), [2, "reason-missing"]);
    assert.deepEqual(code("adjudicate", id, "overrule", "--reason", "x".repeat(1001)), [
      2,
      "reason-too-long",
    ]);
    assert.deepEqual(code("adjudicate", id, "maybe"), [2, "bad-arguments"]);
    assert.deepEqual(code("adjudicate", id), [2, "bad-arguments"]);
    assert.deepEqual(code("adjudicate", "0000000000000000", "accept"), [2, "unknown-finding"]);
    assert.deepEqual(code("adjudicate", "", "accept"), [2, "unknown-finding"]);
    assert.deepEqual(code("adjudicate", id, "accept", "--head", "--all"), [2, "bad-arguments"]);
    assert.deepEqual(code("adjudicate", id, "accept", "--head", "no/such"), [2, "unknown-ref"]);
    assert.deepEqual(code("findings", "--head", "no/such"), [2, "unknown-ref"]);
    assert.deepEqual(code("findings", "--as", "sarif"), [2, "bad-arguments"]);
    assert.deepEqual(code("findings", "--export", "x", "--as", "xml"), [2, "bad-arguments"]);
    assert.deepEqual(code("findings", "--import", "no-such-file"), [2, "no-file"]);
    writeFileSync(file, JSON.stringify(document("0123456789", bug)));
    assert.deepEqual(code("findings", "--import", file), [2, "unknown-commit"]);
    writeFileSync(file, JSON.stringify(document(repo.git("rev-parse", "HEAD"), { ...bug, path: "../../x" })));
    assert.deepEqual(code("findings", "--import", file), [2, "bad-findings"]);
    assert.deepEqual(brief(list()), brief({ ...list(), findings }));
  });

  it("takes the same file twice as one run, and passes over notes that are torn", () => {
    const { repo, say, list } = story();
    const file = say(bug);
    assert.equal(list("--import", file).findings.length, 1);
    const dir = path.join(repo.dir, ".git/agent-foreman/review");
    mkdirSync(path.join(dir, "import-torn"));
    writeFileSync(path.join(dir, "import-torn/findings.jsonl"), '{"kind":"run","run":{"runI');
    writeFileSync(path.join(dir, "verdicts.jsonl"), 'null\n{"findingId":1}\n{"find');
    const { findings } = list("--import", file);
    assert.equal(cli(repo.dir, "adjudicate", findings[0]?.id ?? "", "accept").exitCode, 0);
    const after = list();
    assert.deepEqual([brief(after), after.counts.accepted], [[[bug.title, "accepted", 3, null]], 1]);
  });

  it("shows a quote that is not in the file without a line", () => {
    const { say, list } = story();
    const listed = list("--import", say({ ...bug, quote: "return everything;" }));
    assert.deepEqual(brief(listed), [[bug.title, "open", null, null]]);
  });
});
