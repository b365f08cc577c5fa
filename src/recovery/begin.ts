import { mergeTrees } from "../git/mergeTrees";
import type { RawCommit } from "../git/rawLog";
import type { Scratch } from "../git/scratch";
import type { Lab } from "../landing/lab";
import type { Oid } from "../model/worktree";
import { type Ahead, workAhead } from "./ahead";
import { type Straight, straight } from "./onlyChanges";
import type { PlanRequest } from "./plan";
import type { Workshop } from "./replay";

/** What goes on while the histories are read, which mostly is all that there is to do. */
export interface Begun {
  readonly workshop: Workshop;
  readonly merging: Promise<BothMerged>;
  /** Told of the branch's own commits. */
  readonly onOwn: (own: readonly RawCommit[]) => void;
  /** Stops what nobody waits for any more. */
  end(): Promise<void>;
}

/** Both ends merged with nothing said about what stays behind. */
export interface BothMerged {
  /** Its tree, which has been written; null where that conflicts or is of no use. */
  readonly written: Oid | null;
  /** The same also where it conflicts, with markers in it; null where it was not tried. */
  readonly tree: Oid | null;
  /** Paths that git could not settle. */
  readonly conflicts: ReadonlySet<string>;
  /** Files of the branch that the target has not any more, under no name (one character a byte). */
  readonly deleted: ReadonlySet<string>;
}

/** Begins all that needs only the two names; `lab` tries things out in `scratch`. */
export function begin(
  scratch: Scratch,
  lab: Lab,
  { head, onto, uncommitted }: PlanRequest,
  signal?: AbortSignal,
): Begun {
  const enough = new AbortController();
  const stop = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal;
  let onOwn: Begun["onOwn"] = () => undefined;
  const own = new Promise<readonly RawCommit[]>((resolve) => {
    onOwn = resolve;
  });
  // Each start of git holds up this process, and those that read the histories come first.
  const target = new Promise(setImmediate).then(() => treeOf(scratch, onto, stop)).catch(() => null);
  const standing = own.then((commits) => standIn(scratch, onto, straight(commits, head), target));
  // Uncommitted files go on top of commits that stay, which are written anyway.
  const merging = uncommitted ? Promise.resolve(untried) : mergeBoth(scratch, standing, head, stop);
  // Not before that merge, which takes longest.
  const ahead = Promise.all([own, standing]).then(
    ([commits]): Promise<Ahead> => workAhead(scratch, lab, { onto, head, own: commits, merging }, stop),
  );
  for (const begun of [ahead, merging]) begun.catch(() => undefined);
  return {
    workshop: { scratch, lab, signal, ahead },
    merging,
    onOwn,
    end: async () => {
      enough.abort();
      onOwn([]);
      await Promise.allSettled([ahead, merging]);
    },
  };
}

const untried: BothMerged = { written: null, tree: null, conflicts: new Set(), deleted: new Set() };

/**
 * A commit with the target's tree right on the fork of a straight branch, so that git need not look for that through all that
 * the target has had since; where there is none, the target itself.
 */
async function standIn(
  scratch: Scratch,
  onto: Oid,
  line: Straight | null,
  target: Promise<Oid | null>,
): Promise<Oid> {
  const tree = line && (await target);
  return line && tree ? scratch.commit(tree, [line.fork]) : onto;
}

async function mergeBoth(
  scratch: Scratch,
  standing: Promise<Oid>,
  theirs: Oid,
  signal: AbortSignal,
): Promise<BothMerged> {
  const [merged] = await mergeTrees(
    scratch,
    standing.then((ours) => [{ ours, theirs }]),
    { signal },
  );
  if (!merged) return untried;
  const { clean, tree, conflicts, deletedBeside } = merged;
  return {
    written: clean ? tree : null,
    tree,
    conflicts: new Set(conflicts),
    deleted: new Set(deletedBeside),
  };
}

/** A commit's tree; null where it is not here. */
async function treeOf(scratch: Scratch, commit: Oid, signal: AbortSignal): Promise<Oid | null> {
  let tree: Oid | null = null;
  await scratch.objects.read(
    [`${commit}^{tree}`],
    0,
    (_place, object) => {
      tree = object?.oid ?? null;
    },
    signal,
  );
  return tree;
}
