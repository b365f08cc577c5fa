import { withGitEnvironment } from "../git/environment";
import type { Repo } from "../git/repo";
import { type Outcome, refused } from "../model/outcome";
import { withLock } from "../store/lock";
import { begin, finish, newId, underWay } from "../store/pending";
import { endProcesses, operationVariable, thisSession } from "../store/process";
import { type FaultWords, refusingFaults } from "../worktrees/expectedFaults";
import { settle } from "../worktrees/settle";

/** What a run works on, and what nobody else may meanwhile. */
export interface RunNames {
  /** The branch that is recovered, by its full name where it has one. */
  readonly branch: string;
  readonly newBranch: string;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called with what is being done, in words for a person. */
  readonly onProgress?: (step: string) => void;
}

const words: FaultWords = {
  cancelled: "The recovery was cancelled.",
  untouched: "What it had begun waits: continue or abort it.",
  begun: "What it had begun waits: continue or abort it.",
};

/**
 * Does one stretch of a recovery while nobody else works on the same branch or under the same new name, in any window
 * or process. Refused as `busy`, `cancelled` or `cannot-write` besides what the action refuses.
 */
export function withRun<T>(
  repo: Repo,
  names: RunNames,
  action: () => Promise<Outcome<T>>,
  options: RunOptions,
): Promise<Outcome<T>> {
  const { commonDir } = repo;
  return refusingFaults(options.signal, words, async () => {
    await settle(repo, options.signal ? { signal: options.signal } : {});
    const id = newId();
    const other = await withLock(
      commonDir,
      "beginning a recovery",
      async () => {
        const runs = await underWay(commonDir, "recover");
        const met = runs.find((run) => run.branch === names.branch || run.newBranch === names.newBranch);
        if (!met) await begin(commonDir, "recover", names, id);
        return met ?? null;
      },
      options.signal ? { signal: options.signal } : {},
    );
    if (other) {
      return refused(
        "busy",
        `Process ${other.pid} on ${other.host} is recovering that very branch.`,
        "Wait until it has ended, and look again. Nothing was changed.",
      );
    }
    try {
      return await withGitEnvironment({ [operationVariable]: id }, action);
    } finally {
      await endProcesses(id, thisSession);
      await finish(commonDir, id);
    }
  });
}
