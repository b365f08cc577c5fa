import assert from "node:assert/strict";
import { isInside, limits, parseFindingDocument } from "../../src/model/finding";

const least = { title: "t", path: "src/a.ts", severity: "major", category: "bug" };
const document = (finding: object, more: object = {}) => ({
  schemaVersion: 1,
  findings: [least, finding],
  ...more,
});

describe("a document of findings", () => {
  it("gets neutral values for what is absent, and keeps what it does not know", () => {
    assert.deepEqual(
      parseFindingDocument({ schemaVersion: 1, findings: [{ ...least, quote: null, mine: [1] }] }),
      {
        ok: true,
        value: {
          schemaVersion: 1,
          headSha: null,
          verdict: "unsure",
          summary: "",
          dod: [],
          findings: [
            {
              ...least,
              body: "",
              side: "RIGHT",
              startLine: null,
              endLine: null,
              quote: null,
              failureScenario: "",
              confidence: null,
              preExisting: false,
              suggestion: null,
              evidence: [],
              mine: [1],
            },
          ],
        },
      },
    );
  });

  it("is refused whole, with the path of the fault", () => {
    const inside = "must be a path inside the repo: relative, without .., control characters or .git";
    const faults: [unknown, string][] = [
      [null, "$ is null (Object expected)"],
      ["text", '$ is "text" (Object expected)'],
      [{ schemaVersion: 2, findings: [] }, "$.schemaVersion is 2 (1 expected)"],
      [{ schemaVersion: 1 }, '$.findings is missing ("findings" expected)'],
      [document({ ...least, title: "" }), "$.findings[1].title is empty"],
      [
        document({ ...least, severity: "huge" }),
        '$.findings[1].severity is "huge" (("blocker" | "major" | "minor" | "nit") expected)',
      ],
      [document({ ...least, path: "/etc/passwd" }), `$.findings[1].path ${inside}`],
      [document({ ...least, path: "../a" }), `$.findings[1].path ${inside}`],
      [document({ ...least, startLine: 0 }), "$.findings[1].startLine is 0 (>=1 expected)"],
      [document({ ...least, confidence: 80 }), "$.findings[1].confidence is 80 (<=1 expected)"],
      [
        document({ ...least, quote: "x".repeat(limits.quote + 1) }),
        "$.findings[1].quote is longer than 4000",
      ],
      [document(least, { headSha: "--all" }), "$.headSha must be a commit id"],
      [document(least, { dod: [{ item: "docs", state: "?" }] }), null],
      [
        { schemaVersion: 1, findings: Array(limits.findings + 1).fill(least) },
        "$.findings is longer than 5000",
      ],
    ].map(([value, words]) => [value, String(words)]);
    for (const [value, words] of faults) {
      const outcome = parseFindingDocument(value);
      assert.equal(outcome.ok, false, words);
      if (outcome.ok) continue;
      assert.equal(outcome.refusal.code, "bad-findings");
      if (words === "null") assert.match(outcome.refusal.message, /\$\.dod\[0\]\.state is/);
      else assert.equal(outcome.refusal.message, `The findings cannot be read: ${words}.`);
    }
  });

  it("knows a path that leaves the repo, whatever the slashes", () => {
    const outside = [
      "",
      "/a",
      "a/../b",
      "..",
      "./a",
      "a//b",
      "C:/a",
      "c:a",
      "\\\\host\\a",
      "a\\..\\b",
      "a\nb",
      "a\0b",
    ];
    for (const path of [...outside, ".git/config", "a/.GIT/hooks/x", "a/"]) assert.ok(!isInside(path), path);
    for (const path of ["a", "src/a b.ts", "ä/…/x", "a..b", ".github/x", "-rf", "$(x)"])
      assert.ok(isInside(path), path);
  });
});
