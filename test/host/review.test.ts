import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import type { Asking } from "../../src/review/reviewers/reviewer";
import { gatewayEnvironment, isSafeAddress } from "../../src/ui/review/gateway";
import { languageModelReviewer } from "../../src/ui/review/languageModel";
import { tempDir } from "../kit/repo";

const asking = (more: Partial<Asking> = {}): Asking => ({
  desk: { operation: "x", checkout: "", seat: "" },
  env: {},
  timeoutMs: 30_000,
  maxCostUsd: 1,
  ...more,
});

/** A language model as an extension brings it to VS Code. */
function model(say: (token: vscode.CancellationToken) => AsyncIterable<string>): vscode.LanguageModelChat {
  return {
    name: "Test Model",
    id: "test",
    vendor: "tests",
    family: "test",
    version: "1",
    maxInputTokens: 1_000,
    countTokens: async (text) => String(text).length,
    sendRequest: async (_messages, _options, token) => {
      if (!token) throw new Error("no token");
      const text = say(token);
      return { text, stream: text };
    },
  };
}

describe("Review Changes in a real VS Code", () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd, encoding: "utf8" }).trim();
  const settings = () => vscode.workspace.getConfiguration("agentForeman.review");

  it("has a branch reviewed by the person's own command, and shows what it found", async () => {
    const worktree = path.join(tempDir(), "review");
    git(folder, "worktree", "add", "-q", "-b", "agent/review-me", worktree);
    writeFileSync(path.join(worktree, "new.js"), "export const answer = 41;\n");
    git(worktree, "add", "new.js");
    git(worktree, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "feat: an answer");
    const finding = {
      title: "The answer is 42",
      body: "",
      path: "new.js",
      side: "RIGHT",
      startLine: 1,
      endLine: 1,
      quote: "export const answer = 41;",
      failureScenario: "any → 41",
      severity: "major",
      category: "bug",
      confidence: 1,
      preExisting: false,
      suggestion: null,
      evidence: [],
    };
    const answer = {
      schemaVersion: 1,
      headSha: null,
      verdict: "changes",
      summary: "",
      findings: [finding],
      dod: [],
    };
    const script = `process.stdin.resume().on("end", () => console.log(${JSON.stringify(JSON.stringify(answer))}))`;
    await settings().update("command", [process.execPath, "-e", script], vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand("agentForeman.refresh");
      await vscode.commands.executeCommand("agentForeman.reviewChanges", {
        path: worktree,
        reviewer: "custom",
      });
      const extension = vscode.extensions.getExtension("agent-foreman.agent-foreman");
      const cli = path.join(extension?.extensionPath ?? "", "dist/cli.js");
      const listed = execFileSync(
        process.execPath,
        [cli, "findings", "--repo", worktree, "--format", "json"],
        { encoding: "utf8" },
      );
      const titles = JSON.parse(listed).findings.map(({ title }: { title: string }) => title);
      assert.deepEqual(titles, [finding.title]);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
      assert.ok(tabs.includes("Findings of agent/review-me"), tabs.join());
    } finally {
      await settings().update("command", undefined, vscode.ConfigurationTarget.Global);
      git(folder, "worktree", "remove", "--force", worktree);
      git(folder, "branch", "-qD", "agent/review-me");
    }
  });

  it("leads reviewers to the gateway that the secret storage has, and to no address where a token could be read", async () => {
    const kept = new Map<string, string>();
    const secrets: vscode.SecretStorage = {
      get: async (key) => kept.get(key),
      store: async (key, value) => void kept.set(key, value),
      delete: async (key) => void kept.delete(key),
      keys: async () => [...kept.keys()],
      onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
    };
    assert.deepEqual(await gatewayEnvironment(secrets), {});
    kept.set("review.gateway.token", "t");
    assert.deepEqual(await gatewayEnvironment(secrets), {});
    kept.set("review.gateway.address", "https://gateway.example.com");
    assert.deepEqual(await gatewayEnvironment(secrets), {
      ANTHROPIC_BASE_URL: "https://gateway.example.com",
      ANTHROPIC_AUTH_TOKEN: "t",
    });
    const good = [
      "https://gateway.example.com",
      "https://x:8443/v1",
      "http://127.0.0.1:8080",
      "http://localhost:1",
    ];
    const bad = [
      "http://gateway.example.com",
      "https://u:p@x",
      "javascript:alert(1)",
      "file:///x",
      "x",
      "//x",
    ];
    assert.deepEqual([good.every(isSafeAddress), bad.some(isSafeAddress)], [true, false]);
  });

  it("asks a language model of VS Code, which is ended when it does not end", async () => {
    const ask = (say: Parameters<typeof model>[0], more?: Partial<Asking>) =>
      languageModelReviewer(model(say)).ask({ prompt: "Look.", schema: {} }, asking(more));
    const said = await ask(async function* () {
      yield '{"a"';
      yield ": 1}";
    });
    assert.deepEqual(said, { ok: true, value: { text: '{"a": 1}', costUsd: null, model: "Test Model" } });

    let stopped = false;
    const silent = async function* (token: vscode.CancellationToken) {
      token.onCancellationRequested(() => {
        stopped = true;
      });
      await new Promise(() => {});
      yield "";
    };
    const late = await ask(silent, { timeoutMs: 50 });
    assert.deepEqual([!late.ok && late.refusal.code, stopped], ["reviewer-timeout", true]);
    const cancelled = await ask(silent, { signal: AbortSignal.timeout(50) });
    assert.equal(!cancelled.ok && cancelled.refusal.code, "cancelled");
    const endless = await ask(async function* () {
      for (;;) yield "x".repeat(1 << 20);
    });
    assert.equal(!endless.ok && endless.refusal.code, "reviewer-endless");
    const small = await languageModelReviewer(model(silent)).ask(
      { prompt: "x".repeat(2_000), schema: {} },
      asking(),
    );
    assert.match(small.ok ? "" : small.refusal.message, /2000 tokens, and it takes 1000/);
  });
});
