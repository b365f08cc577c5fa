import assert from "node:assert/strict";
import type { JudgedFinding } from "../../../src/model/verdict";
import { commentLabel, commentText } from "../../../src/ui/findings/comment";
import { english } from "../../../src/ui/translate";
import { stored, verdict } from "../../review/make";

function judged(values: Partial<JudgedFinding> = {}): JudgedFinding {
  return {
    ...stored(values),
    status: "open",
    anchor: null,
    decision: null,
    inheritedFrom: null,
    sentAt: null,
    raised: 1,
    reviewers: ["Codex"],
    ...values,
  };
}

describe("a finding as a comment in the editor", () => {
  it("says how bad it is and what was decided", () => {
    const accepted = { status: "accepted", decision: verdict() } as const;
    const overruled = { verdict: "overrule", reason: "it is meant", by: "Ann\n" } as const;
    const cases: readonly (readonly [Partial<JudgedFinding>, string])[] = [
      [{}, "Major · Open"],
      [{ ...accepted, severity: "nit" }, "Nit · Accepted by Ann"],
      [{ ...accepted, sentAt: "2026-11-22T10:00:00.000Z" }, "Major · Accepted by Ann · sent to the agent"],
      [{ status: "overruled", decision: verdict(overruled) }, "Major · Overruled by Ann▯"],
    ];
    for (const [values, label] of cases) assert.equal(commentLabel(judged(values), english), label);
  });

  it("shows title, scenario, text, suggestion and the reason of an overruling", () => {
    const text = commentText(
      judged({
        failureScenario: "5 - 10 → -5",
        body: "Nothing **limits** `sum`.",
        suggestion: { quote: "", replacement: "return Math.max(0, sum);" },
        status: "overruled",
        decision: verdict({ verdict: "overrule", reason: "it is *meant*" }),
      }),
      english,
    );
    assert.equal(
      text,
      `**The total ignores the discount**

5 \\- 10 → \\-5

Nothing **limits** \`sum\`.

Suggestion:
\`\`\`
return Math.max(0, sum);
\`\`\`

_Overruled: it is \\*meant\\*_`,
    );
  });

  it("makes nothing of what somebody wrote to do harm", () => {
    const evil =
      "[x](command:evil) <img src=x> $(zap) ![p](https://evil.test/p.png)\n[ref]: https://evil.test";
    const text = commentText(judged({ title: evil, failureScenario: evil, body: `${evil}!` }), english);
    assert.doesNotMatch(text, /(?<!\\)[[\]!<$(]|:\/\//);
  });
});
