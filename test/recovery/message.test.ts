import assert from "node:assert/strict";
import { recoveredMessage } from "../../src/recovery/message";

const from = "5c0ffee5c0ffee5c0ffee5c0ffee5c0ffee5c0ff";
const line = `(recovered from ${from})`;

describe("recovery: a commit's message", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a subject alone", "feat: csv\n", `feat: csv\n\n${line}\n`],
    ["nothing", "\n", `${line}\n`],
    [
      "a body",
      "feat: csv\n\nWhy: it was asked for\nby many.\n",
      `feat: csv\n\nWhy: it was asked for\nby many.\n\n${line}\n`,
    ],
    [
      "trailers",
      "feat: csv\n\nBody.\n\nRefs: #7\nSigned-off-by: Ann <ann@example.com>\n",
      `feat: csv\n\nBody.\n\n${line}\n\nRefs: #7\nSigned-off-by: Ann <ann@example.com>\n`,
    ],
    [
      "trailers right below the subject, and a long one",
      "feat: csv\n\nIntentional-removal: the old\n  exporter\n(cherry picked from commit 0ddba11)\n",
      `feat: csv\n\n${line}\n\nIntentional-removal: the old\n  exporter\n(cherry picked from commit 0ddba11)\n`,
    ],
    ["a subject that looks like a trailer", "fix: csv\n", `fix: csv\n\n${line}\n`],
    ["code at the end", "feat: csv\n\n  indented: code\n", `feat: csv\n\n  indented: code\n\n${line}\n`],
  ];
  for (const [what, message, expected] of cases) {
    it(`says where it comes from, with ${what}`, () =>
      assert.equal(recoveredMessage(message, from), expected));
  }
});
