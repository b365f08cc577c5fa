import assert from "node:assert/strict";
import { readFindings } from "../../src/review/formats/read";

function read(value: unknown) {
  const outcome = readFindings(typeof value === "string" ? value : JSON.stringify(value), ["/work/repo"]);
  if (!outcome.ok) return outcome.refusal.message;
  const { document, reviewer } = outcome.value;
  const findings = document.findings.map(({ title, path, startLine, endLine, quote, severity, category }) => [
    title,
    path,
    startLine,
    endLine,
    quote,
    severity,
    category,
  ]);
  return { reviewer, headSha: document.headSha, findings };
}

describe("findings of other tools", () => {
  it("reads SARIF 2.1.0", () => {
    const region = { startLine: 3, endLine: 4, snippet: { text: "eval(x)" } };
    const location = { physicalLocation: { artifactLocation: { uri: "src/a%20b.ts" }, region } };
    assert.deepEqual(
      read({
        version: "2.1.0",
        runs: [
          {
            tool: {
              driver: { name: "CodeQL", rules: [{ id: "js/eval", properties: { tags: ["security"] } }] },
            },
            versionControlProvenance: [{ repositoryUri: "x", revisionId: "abcdef0123" }],
            results: [
              {
                ruleId: "js/eval",
                level: "error",
                message: { text: "Do not. Ever." },
                locations: [location],
              },
            ],
          },
        ],
      }),
      {
        reviewer: "CodeQL",
        headSha: "abcdef0123",
        findings: [["Do not. Ever.", "src/a b.ts", 3, 4, "eval(x)", "major", "security"]],
      },
    );
  });

  it("reads rdjson", () => {
    const location = { path: "./src/a.ts", range: { start: { line: 7, column: 2 } } };
    assert.deepEqual(
      read({
        source: { name: "eslint" },
        diagnostics: [{ message: "No.\nmore", location, severity: "WARNING" }],
      }),
      { reviewer: "eslint", headSha: null, findings: [["No.", "src/a.ts", 7, 7, null, "minor", "bug"]] },
    );
  });

  it("reads the reports of agents, as an object or as the bare list", () => {
    const one = { file: "/work/repo/src/a.ts", line: 5, summary: "It leaks.", severity: "important" };
    const expected = {
      reviewer: "Claude Code",
      headSha: null,
      findings: [["It leaks.", "src/a.ts", 5, 5, null, "major", "bug"]],
    };
    assert.deepEqual(read({ findings: [one] }), expected);
    assert.deepEqual(read([one]), expected);
    assert.deepEqual(
      read([{ file: "a.ts", line: 5, severity: "HIGH", category: "xss", description: "Unescaped name" }]),
      {
        reviewer: "claude-code-security-review",
        headSha: null,
        findings: [["Unescaped name", "a.ts", 5, 5, null, "blocker", "security"]],
      },
    );
    assert.deepEqual(
      read([
        {
          severity: "high",
          title: "Race",
          body: "b",
          file: "a.ts",
          line_start: 1,
          line_end: 2,
          confidence: 0.7,
        },
      ]),
      { reviewer: "Codex", headSha: null, findings: [["Race", "a.ts", 1, 2, null, "major", "bug"]] },
    );
  });

  it("refuses what it cannot read, with the path of the fault in the file itself", () => {
    const said = "The findings cannot be read: ";
    assert.equal(read("<html>"), `${said}$ is no JSON, or not all of it.`);
    assert.equal(read('{"schemaVersion":1,"findings":[{"ti'), `${said}$ is no JSON, or not all of it.`);
    assert.equal(read("12"), `${said}$ is neither an object nor a list.`);
    assert.equal(read({ hello: 1 }), `${said}$.schemaVersion is missing ("schemaVersion" expected).`);
    assert.equal(
      read({ diagnostics: [{ message: "m", location: {} }] }),
      `${said}$.diagnostics[0].location.path is missing ("path" expected).`,
    );
    assert.match(
      String(read([{ file: "../../etc/passwd", summary: "s" }])),
      /\$\.findings\[0\]\.path must be/,
    );
    assert.match(String(read([{ file: "/etc/passwd", summary: "s" }])), /\$\.findings\[0\]\.path must be/);
  });
});
