import { isBranchName } from "../git/checkRefFormat";
import { listRefs } from "../git/listRefs";
import type { Repo } from "../git/repo";
import { done, type Outcome } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { noteFetched } from "../store/fetched";
import { withLock } from "../store/lock";
import { advance, begin, finish, newId, type Pending } from "../store/pending";
import { endProcesses, operationVariable, thisSession } from "../store/process";
import { type BaseRequest, decideBase } from "./base";
import { type FaultWords, refusingFaults } from "./expectedFaults";
import type { DecidedBase } from "./fetchBase";
import { type CreatedWorktree, type Making, makeWorktree, planWorktree } from "./make";
import { badBranch, chooseNames, type NameRequest } from "./name";
import { settle } from "./settle";

export type { CreatedWorktree } from "./make";

const words: FaultWords = {
  cancelled: "The new worktree was cancelled.",
  untouched: "Nothing was made.",
  begun: "What was half made was taken back.",
};

/** What a person or an agent asks for. */
export interface NewWorktree extends NameRequest, BaseRequest {
  /** An id of agents/known.ts. */
  readonly agent?: string;
  readonly task?: string;
  /** How long the remote may take, in milliseconds; 20,000 unless given. */
  readonly fetchTimeoutMs?: number;
  /**
   * Asked, once the base is fetched and before anything is made, for the commit on top of it that the branch is made at;
   * the base itself unless given. What it refuses is refused.
   */
  readonly startAt?: (base: KnownBase) => Promise<Outcome<Oid>>;
  /** The same for a branch that is there already: where it is, and where it left what is the base now. */
  readonly takeOver?: (base: KnownBase) => Promise<Outcome<TakenOver>>;
}

export interface TakenOver {
  readonly tip: Oid;
  readonly fork: Oid;
}

/** What a worktree starts from, as it is now. */
export interface KnownBase {
  readonly ref: string;
  readonly oid: Oid;
}

export interface CreateOptions {
  readonly signal?: AbortSignal;
  /** Called with what is being done, in words for a person. */
  readonly onProgress?: (step: string) => void;
}

/**
 * Makes a worktree with a branch of its own off a base that is fetched now. Everything or nothing: what fails, or is
 * cancelled, leaves folder, branch and git's notes as they were.
 *
 * Refused as `bad-name`, `bad-branch`, `bad-path`; `no-commits`, `no-target`, `unknown-base`; `fetch-failed`,
 * `fetch-timeout`, `branch-on-remote`; `branch-exists`, `branch-conflict`, `branch-in-use`, `path-exists`,
 * `path-registered`, `not-a-folder`, `not-writable`; `add-failed`, `cannot-write`; `busy`, `cancelled`.
 */
export async function createWorktree(
  repo: Repo,
  request: NewWorktree,
  options: CreateOptions = {},
): Promise<Outcome<CreatedWorktree>> {
  return refusingFaults(options.signal, words, () => create(repo, request, options));
}

async function create(
  repo: Repo,
  request: NewWorktree,
  options: CreateOptions,
): Promise<Outcome<CreatedWorktree>> {
  await settle(repo, options);
  const names = chooseNames(repo, request);
  if (!names.ok) return names;
  const { branch } = names.value;
  if (names.value.branchToCheck && !(await isBranchName(repo, branch)))
    return badBranch(branch, "git does not allow such a name");

  const id = newId();
  const env = { [operationVariable]: id };
  const stage: { stage: "fetch"; ref: string | null } = { stage: "fetch", ref: null };
  const pending = await begin(repo.commonDir, "new", stage, id);
  let handedOver = false;
  try {
    const base = await decideBase(repo, request, branch, {
      ...options,
      env,
      onFetch: async (ref) => {
        await advance(repo.commonDir, pending, { ref });
      },
      ...(request.fetchTimeoutMs === undefined ? {} : { fetchTimeoutMs: request.fetchTimeoutMs }),
    });
    if (!base.ok) return base;
    const decided = await decideStart(repo, base.value, request);
    if (!decided.ok) return decided;
    options.signal?.throwIfAborted();
    const what = `making worktree ${branch}`;
    const making: Making = { pending, names: names.value, ...decided.value, request, env };
    return await withLock(
      repo.commonDir,
      what,
      async () => {
        const planned = await planWorktree(repo, making);
        if (!planned.ok) return planned;
        options.signal?.throwIfAborted();
        const noted = await advance<Pending>(repo.commonDir, pending, { ...planned.value });
        handedOver = true;
        return makeWorktree(repo, { ...making, pending: noted }, planned.value, options);
      },
      {
        ...(options.signal ? { signal: options.signal } : {}),
        onWait: (holder) => options.onProgress?.(`Waiting for ${holder?.what ?? "another window"}`),
      },
    );
  } finally {
    if (!handedOver) {
      // A fetch that was stopped may take a moment to end.
      await endProcesses(id, thisSession);
      await finish(repo.commonDir, id);
    }
  }
}

/** Where a caller has a say in it, the base is held to what the caller was told. */
async function decideStart(
  repo: Repo,
  base: DecidedBase,
  { startAt, takeOver }: NewWorktree,
): Promise<Outcome<Pick<Making, "base" | "start">>> {
  if (!startAt && !takeOver) return done({ base });
  const { ref, fetchedAt } = base;
  const oid = base.oid ?? (await listRefs(repo, [ref])).get(ref);
  if (oid === undefined) throw new Error(`${ref} is gone, although it was just fetched.`);
  if (base.oid === null && fetchedAt !== null) await noteFetched(repo.commonDir, { ref, oid, at: fetchedAt });
  if (takeOver) {
    const taken = await takeOver({ ref, oid });
    return taken.ok ? done({ base: { ...base, oid: taken.value.fork }, start: taken.value.tip }) : taken;
  }
  const start = startAt ? await startAt({ ref, oid }) : done(oid);
  return start.ok ? done({ base: { ...base, oid }, start: start.value }) : start;
}
