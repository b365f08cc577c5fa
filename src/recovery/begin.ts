import { type MergePair, mergeTrees } from "../git/mergeTrees";
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
  // Uncommitted files go on top of commits that stay, which are written anyway.
  const merging = uncommitted
    ? Promise.resolve(untried)
    : own.then((commits) => mergeBoth(scratch, onto, head, straight(commits, head), stop));
  const ahead = own.then(
    (commits): Promise<Ahead> => workAhead(scratch, lab, { onto, head, own: commits, merging }, stop),
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

/** Git need not look for where a straight branch began, which takes it through all that the target has had since. */
async function mergeBoth(
  scratch: Scratch,
  onto: Oid,
  head: Oid,
  line: Straight | null,
  signal: AbortSignal,
): Promise<BothMerged> {
  const pair = line && (await standIns(scratch, onto, line, signal).catch(() => null));
  const [merged] = await mergeTrees(scratch, [pair ?? { ours: onto, theirs: head }], { signal });
  if (!merged) return untried;
  const { clean, tree, conflicts, deletedBeside } = merged;
  return {
    written: clean ? tree : null,
    tree,
    conflicts: new Set(conflicts),
    deleted: new Set(deletedBeside),
  };
}

/** Commits with the trees of both ends, right on one with that of the fork; null where those are not here. */
async function standIns(
  scratch: Scratch,
  onto: Oid,
  { commits, fork }: Straight,
  signal: AbortSignal,
): Promise<MergePair | null> {
  const trees: (Oid | undefined)[] = [];
  const names = [`${fork}^{tree}`, `${onto}^{tree}`];
  await scratch.objects.read(names, 0, (place, object) => (trees[place] = object?.oid), signal);
  const [from, ours] = trees;
  const theirs = commits[0]?.tree;
  if (from === undefined || ours === undefined || theirs === undefined) return null;
  const base = await scratch.commit(from, []);
  const [one, other] = await Promise.all([scratch.commit(ours, [base]), scratch.commit(theirs, [base])]);
  return { ours: one, theirs: other };
}
