import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Repo } from "../../git/repo";
import { readStatus } from "../../git/status";
import { findTree } from "../../git/treeOf";
import { done, type Outcome, refused } from "../../model/outcome";
import type { SelfCheck, SelfCheckPart } from "../../model/selfCheck";
import type { Oid } from "../../model/worktree";
import { findProgram } from "../../programs/find";
import { runProgram } from "../../programs/run";
import { begin, finish } from "../../store/pending";
import { noteSelfCheck } from "../../store/selfChecks";
import type { Check } from "./detect";

export interface SelfCheckOptions {
  readonly signal?: AbortSignal;
  /** For each check; 20 minutes unless told. */
  readonly timeoutMs?: number;
  readonly onStart?: (check: Check) => void;
  readonly onOutput?: (text: string) => void;
}

const usualTimeout = 20 * 60_000;
const tailLength = 8_000;

/** The operation under which checks are noted while they run. */
export const selfCheckOp = "checks";

/**
 * Runs a repo's own checks in a worktree, one after the other and all of them, also after a red one. What came out is
 * noted for the commit's files, unless files differed from them before or after. Refused as `cancelled`.
 *
 * They are the repo's own programs: whoever calls this has made sure that the person trusts it.
 */
export async function runSelfChecks(
  repo: Repo,
  worktree: string,
  checks: readonly Check[],
  options: SelfCheckOptions = {},
): Promise<Outcome<SelfCheck & { readonly tree: Oid | null }>> {
  const before = await cleanTree(repo, worktree);
  const { id } = await begin(repo.commonDir, selfCheckOp, {});
  const parts: SelfCheckPart[] = [];
  try {
    for (const check of checks) {
      options.onStart?.(check);
      const part = await runOne(check, worktree, id, options);
      if (part === null)
        return refused("cancelled", "The checks were cancelled.", "Nothing was noted. Run them again.");
      parts.push(part);
    }
  } finally {
    await finish(repo.commonDir, id);
  }
  const result = { at: new Date().toISOString(), parts };
  const tree = before !== null && (await cleanTree(repo, worktree)) === before ? before : null;
  if (tree !== null && parts.length > 0) await noteSelfCheck(repo.commonDir, tree, result);
  return done({ ...result, tree });
}

/** The tree of the worktree's commit; null where its files are not those of the commit. */
async function cleanTree(repo: Repo, worktree: string): Promise<Oid | null> {
  const status = await readStatus(worktree);
  if (!status?.head || Object.values(status.dirt).some((count) => count > 0)) return null;
  return findTree(repo, status.head);
}

/** Null: it was cancelled. */
async function runOne(
  { name, command, obstacle }: Check,
  cwd: string,
  operation: string,
  { signal, timeoutMs = usualTimeout, onOutput }: SelfCheckOptions,
): Promise<SelfCheckPart | null> {
  const missing = (why: string): SelfCheckPart => ({
    name,
    command: [...command],
    state: "missing",
    exitCode: null,
    durationMs: 0,
    tail: why,
  });
  if (obstacle !== null) return missing(obstacle);
  const [program, ...args] = command;
  const file = program.startsWith("./") ? path.join(cwd, program) : await findProgram(program);
  if (file === null) return missing(`${program} is not installed.`);
  const began = performance.now();
  let tail = "";
  const end = await runProgram([file, ...args], {
    cwd,
    // Test runners that watch for changes when a person looks on do not when this is set.
    env: { ...process.env, CI: "1" },
    operation,
    timeoutMs,
    // A log that never ends is a fault of its own.
    mostBytes: 256 << 20,
    keepNothing: true,
    ...(signal ? { signal } : {}),
    onOutput: (text) => {
      tail = (tail + text).slice(-2 * tailLength);
      onOutput?.(text);
    },
  });
  if (end.how === "cancelled") return null;
  if (end.how === "not-started") return missing(end.stderr);
  const passed = end.how === "ended" && end.exitCode === 0;
  return {
    name,
    command: [...command],
    state: end.how === "timeout" ? "timeout" : passed ? "passed" : "failed",
    exitCode: end.how === "ended" ? end.exitCode : null,
    durationMs: Math.round(performance.now() - began),
    tail: stripVTControlCharacters(tail).slice(-tailLength),
  };
}
