import assert from "node:assert/strict";
import type { MergedPull } from "../../src/model/pull";
import type { RecoverDocument } from "../../src/model/recovery";
import { planOnly } from "../../src/recovery/dryRun";
import type { RecoverRequest } from "../../src/recovery/prepare";
import type { History } from "../landing/history";

/** The plan for `feature` onto `main`, and what of it is compared in tests. */
export class Plan {
  private constructor(
    private readonly h: History,
    readonly document: RecoverDocument,
  ) {}

  static async of(h: History, more: Partial<RecoverRequest> = {}): Promise<Plan> {
    const planned = await planOnly(await h.open(), {
      branch: "feature",
      onto: "main",
      newBranch: "feature-2",
      ...more,
    });
    assert.ok(planned.ok, planned.ok ? "" : `${planned.refusal.code}: ${planned.refusal.message}`);
    return new Plan(h, planned.value.document);
  }

  /** `pick feat: csv`, oldest first. */
  get fates(): string[] {
    return this.document.commits.map(({ fate, subject }) => `${fate} ${subject}`);
  }

  /** Paths in which the result differs from main. */
  get changed(): string[] {
    const { resultTree } = this.document;
    assert.ok(resultTree);
    const names = this.h.repo.git("diff", "--name-only", "--no-renames", "main", resultTree);
    return names === "" ? [] : names.split("\n");
  }

  /** A file of the result. */
  text(file: string): string {
    return this.h.text(`${this.document.resultTree}:${file}`);
  }

  get verdict(): string {
    const { state, verified, conflicts, check } = this.document;
    const words = [
      state,
      ...(verified ? ["verified"] : []),
      ...conflicts.map((path) => `conflict in ${path}`),
    ];
    return [...words, ...(check ? [check.verdict] : [])].join(", ");
  }
}

export function pull(number: number, head: string, mergeCommit: string): MergedPull {
  return { number, head, mergeCommit };
}
