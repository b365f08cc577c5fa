import { writeFileSync } from "node:fs";
import path from "node:path";
import { orderReview } from "../../../src/fleet/reviewOrder";
import { openRepo, type Repo } from "../../../src/git/repo";
import { commandReviewer } from "../../../src/review/reviewers/command";
import { customAdapter } from "../../../src/review/reviewers/custom";
import type { Reviewer } from "../../../src/review/reviewers/reviewer";
import { type ReviewRequest, reviewCommit } from "../../../src/review/run";
import { TestRepo, tempDir } from "../../kit/repo";

export const cart = "export function total(cart) {\n  let sum = 0;\n  return sum - cart.discount;\n}\n";

/** A finding as a reviewer answers it, about the cart. */
export const bug = {
  title: "A discount larger than the sum gives a negative total",
  body: "Nothing limits it.",
  path: "src/cart.ts",
  side: "RIGHT",
  startLine: 3,
  endLine: 3,
  quote: "return sum - cart.discount;",
  failureScenario: "discount 10, sum 5 → -5",
  severity: "major",
  category: "bug",
  confidence: 0.9,
  preExisting: false,
  suggestion: null,
  evidence: ["no check in total()"],
};

export function answer(...findings: object[]) {
  return { schemaVersion: 1, headSha: null, verdict: "changes", summary: "Look.", findings, dod: [] };
}

/** A branch with one file that has a bug, and what else it or its target is to have. */
export async function story(
  files: Readonly<Record<string, string>> = {},
  onTarget: Readonly<Record<string, string>> = {},
): Promise<{ repo: TestRepo; opened: Repo }> {
  const { repo } = TestRepo.withOrigin();
  repo.git("config", "user.name", "Ann");
  if (Object.keys(onTarget).length > 0) {
    repo.commit("chore: more", onTarget);
    repo.git("push", "-q", "origin", "main");
  }
  repo.git("switch", "-qc", "agent/cart");
  repo.commit("feat: cart", { "src/cart.ts": cart, ...files });
  const opened = await openRepo(repo.dir);
  if (!opened.ok) throw new Error(opened.refusal.message);
  return { repo, opened: opened.value };
}

/** A reviewer that is a program in node; `code` finds the question as `prompt`, and what it prints is the answer. */
export function scripted(code: string): Reviewer {
  const file = path.join(tempDir(), "reviewer.js");
  writeFileSync(file, `const prompt = require("node:fs").readFileSync(0, "utf8");\n${code}\n`);
  return commandReviewer(customAdapter([process.execPath, file]));
}

export const saying = (value: unknown): Reviewer =>
  scripted(
    `process.stdout.write(${JSON.stringify(typeof value === "string" ? value : JSON.stringify(value))})`,
  );

export async function review(opened: Repo, reviewer: Reviewer, more: Partial<ReviewRequest> = {}) {
  const order = await orderReview(opened, { head: "HEAD" });
  if (!order.ok) throw new Error(order.refusal.message);
  return reviewCommit(opened, {
    ...order.value,
    reviewer,
    refuter: null,
    limits: { timeoutMs: 20_000, maxCostUsd: 1 },
    env: process.env,
    ...more,
  });
}
