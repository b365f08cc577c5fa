import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installedReviewers, otherThan } from "../../../src/review/reviewers/choose";
import { withoutSecrets } from "../../../src/review/reviewers/environment";
import { tempDir } from "../../kit/repo";

/** A PATH with these programs. */
function having(...programs: readonly string[]): NodeJS.ProcessEnv {
  const dir = tempDir();
  for (const program of programs) {
    writeFileSync(path.join(dir, program), "");
    chmodSync(path.join(dir, program), 0o755);
  }
  return { PATH: `relative:${dir}` };
}

describe("choosing a reviewer", () => {
  it("takes another vendor's than the builder's where there is one", async () => {
    const chosen = async (builder: string | null, ...programs: string[]) =>
      otherThan(builder, await installedReviewers(having(...programs)))?.id ?? null;
    assert.equal(await chosen("claude", "claude", "codex", "gemini"), "codex");
    assert.equal(await chosen("codex", "claude", "codex"), "claude");
    assert.equal(await chosen("gemini", "gemini", "copilot"), "copilot");
    // Fresh all the same.
    assert.equal(await chosen("claude", "claude"), "claude");
    assert.equal(await chosen(null, "gemini", "claude"), "claude");
    assert.equal(await chosen("cursor", "codex"), "codex");
    assert.equal(await chosen("claude"), null);
  });

  it("takes secrets out of what is told of a failure", () => {
    const env = {
      ANTHROPIC_AUTH_TOKEN: "abcdef123",
      OPENAI_API_KEY: "sk-xyz987",
      HTTPS_PROXY: "http://u:pw@proxy",
      A: "no",
    };
    assert.equal(withoutSecrets("no abcdef123 at http://u:pw@proxy for sk-xyz987", env), "no … at … for …");
  });
});
