import { withGitEnvironment } from "../git/environment";
import type { Repo } from "../git/repo";
import { readRef } from "../git/updateRef";
import { listWorktrees } from "../git/worktreeList";
import { done, type Outcome, type Refusal, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { withLock } from "../store/lock";
import { begin, finish, newId } from "../store/pending";
import { operationVariable } from "../store/process";
import { type FaultWords, refusingFaults } from "./expectedFaults";
import { exists } from "./inside";
import { type Removal, readRemovals } from "./removalNote";
import { settle } from "./settle";
import { bringBack, endUndo, takeUndoBack, type Undo } from "./undoSteps";

/** A worktree that is back as it was. */
export interface Restored {
  /** The removal that was undone. */
  readonly id: string;
  readonly path: string;
  readonly branch: string | null;
  readonly head: Oid;
  /** Stays, whatever becomes of the worktree. */
  readonly rescueRef: string;
  /** Folders that git ignored and that were not kept (node_modules): a setup command may make them again. */
  readonly missingFolders: readonly string[];
}

/**
 * Undoes a removal, by default the latest that was not undone: branch, folder, uncommitted work, ignored files and
 * links are as they were. Refused as `nothing-to-undo`, `path-taken`, `branch-in-use`, `branch-moved`,
 * `rescue-gone`, `branch-name-taken`, `git-refused`, `cancelled`, `busy` or `cannot-write`; nothing was changed then.
 * `signal` stops it as long as nothing was changed.
 */
export async function undoRemoval(
  repo: Repo,
  removalId?: string,
  options: UndoOptions = {},
): Promise<Outcome<Restored>> {
  return refusingFaults(options.signal, words, () => bringLatestBack(repo, removalId, options));
}

export interface UndoOptions {
  readonly signal?: AbortSignal;
}

const words: FaultWords = {
  cancelled: "Bringing the worktree back was cancelled.",
  untouched: "Nothing was changed.",
  begun: "What was half brought back was taken back; all of it is still in the rescue.",
};

async function bringLatestBack(
  repo: Repo,
  removalId: string | undefined,
  options: UndoOptions,
): Promise<Outcome<Restored>> {
  await settle(repo, options);
  const id = newId();
  return withGitEnvironment({ [operationVariable]: id }, () =>
    withLock(
      repo.commonDir,
      "bringing a removed worktree back",
      async () => {
        const removals = await readRemovals(repo);
        const removal =
          removalId === undefined ? removals.at(-1) : removals.find((item) => item.id === removalId);
        if (!removal) return nothingToUndo(removalId);
        const obstacle = await findObstacle(repo, removal);
        if (obstacle) return { ok: false, refusal: obstacle };
        options.signal?.throwIfAborted();
        const { branch } = removal;
        const makesBranch = branch !== null && (await readRef(repo, `refs/heads/${branch}`)) === null;
        return carryOut(repo, { id, removal, makesBranch });
      },
      options,
    ),
  );
}

async function carryOut(repo: Repo, undo: Undo): Promise<Outcome<Restored>> {
  await begin(repo.commonDir, "undo", { undo, at: new Date().toISOString() }, undo.id);
  let refusal: Refusal | null;
  try {
    refusal = await bringBack(repo, undo);
  } catch (error) {
    await takeUndoBack(repo, undo);
    await finish(repo.commonDir, undo.id);
    throw error;
  }
  if (refusal) await takeUndoBack(repo, undo);
  else await endUndo(repo, undo);
  await finish(repo.commonDir, undo.id);
  if (refusal) return { ok: false, refusal };
  const { id, path, branch, head, rescueRef, gone } = undo.removal;
  return done({ id, path, branch, head, rescueRef, missingFolders: gone });
}

function nothingToUndo(id: string | undefined): Outcome<never> {
  return refused(
    "nothing-to-undo",
    id === undefined ? "No removal is left to undo." : `There is no removal ${id}, or it was undone already.`,
    "git for-each-ref refs/agent-foreman/rescue lists what was kept. Nothing was changed.",
  );
}

async function findObstacle(repo: Repo, removal: Removal): Promise<Refusal | null> {
  const { branch, head, path, rescueRef, rescued } = removal;
  const refuse = (code: string, message: string, hint: string) => refused(code, message, hint).refusal;
  const elsewhere = `To have it elsewhere: git worktree add -b <name> <folder> ${rescueRef}`;
  if ((await readRef(repo, rescueRef)) !== rescued) {
    return refuse("rescue-gone", `The rescue ref ${rescueRef} was deleted or moved.`, "Nothing was changed.");
  }
  const entries = await listWorktrees(repo);
  if ((await exists(path)) || entries.some((entry) => entry.path === path)) {
    return refuse(
      "path-taken",
      `${path} is in use again. Nothing was changed.`,
      `Move that away first. ${elsewhere}`,
    );
  }
  if (branch === null) return null;
  const user = entries.find((entry) => entry.branch === branch);
  if (user) {
    const message = `The branch ${branch} is in use at ${user.path}. Nothing was changed.`;
    return refuse("branch-in-use", message, `Remove that worktree first, or switch it. ${elsewhere}`);
  }
  const now = await readRef(repo, `refs/heads/${branch}`);
  if (now === null || now === head) return null;
  const message = `The branch ${branch} has moved on since, to ${now.slice(0, 10)}. Nothing was changed.`;
  return refuse("branch-moved", message, `Rename that branch first. ${elsewhere}`);
}
