import assert from "node:assert/strict";
import { judgeDone, type Outside } from "../../src/done/judgeDone";
import { openRepo } from "../../src/git/repo";
import { checkCached } from "../../src/losses/cached";
import type { DoneDocument } from "../../src/model/done";
import type { Outcome } from "../../src/model/outcome";
import type { TestRepo } from "../kit/repo";

/** What the engine says of the branch that is checked out, on main. */
export async function outcome(
  { dir }: TestRepo,
  outside: Outside = { pull: null },
): Promise<Outcome<DoneDocument>> {
  const opened = await openRepo(dir);
  assert.ok(opened.ok);
  const check = await checkCached(opened.value, { base: "main" });
  assert.ok(check.ok);
  return judgeDone(opened.value, check.value, outside);
}

export async function judged(repo: TestRepo, outside?: Outside): Promise<DoneDocument> {
  const done = await outcome(repo, outside);
  assert.ok(done.ok, JSON.stringify(done));
  return done.value;
}
