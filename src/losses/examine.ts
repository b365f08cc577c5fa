import { firstParentsWithout } from "../git/commits";
import { readLandingPatches } from "../git/landingPatches";
import { type Landing, readLandings } from "../git/landings";
import { type TriedMerge, tryMerge } from "../git/mergeTree";
import { readRemovedCounts } from "../git/numstat";
import { readOwnCommits } from "../git/ownCommits";
import { type Range, readRange } from "../git/range";
import { tryReplay } from "../git/replay";
import type { Repo } from "../git/repo";
import { readTreeDiff } from "../git/treeDiff";
import type { Method } from "../model/check";
import type { Oid } from "../model/worktree";
import { cancel } from "./cancel";
import { type Case, isGitlink, type KnownLanding } from "./case";
import type { GoneFile } from "./gone";
import { isSuspicious, type Judgement, judge } from "./judge";
import { recentLandings } from "./recentLandings";
import { isDropped } from "./rules/neverSeen";
import { readBranchTexts } from "./seen";
import { readSyncs, syncMerges } from "./syncs";
import { trace } from "./trace";
import { type Undone, undone } from "./undone";

/** How far back landings are looked at: work older than that is no longer fresh to anybody. */
const window = 40;
/** More paths than this are not followed back one by one; the largest losses come first. */
const mostPaths = 400;

/** What is to be judged. All ids are commits. */
export interface Question {
  readonly base: Oid;
  readonly head: Oid;
  readonly method: Method;
  readonly recordedBase: Oid | null;
  /** Where the branch's head has been before, newest first, as far as it is known. */
  readonly earlierHeads: readonly Oid[];
  /** Commits that the branch's files were brought to: who worked there had before them what these have. */
  readonly caughtUp: readonly Oid[];
}

/** What was found out, before it is put into words. */
export interface Examined {
  readonly question: Question;
  readonly range: Range & { readonly mergeBase: Oid };
  readonly merged: TriedMerge;
  /** Lines per path that the plain difference of both ends shows as removed; empty where head has all of base. */
  readonly twoDot: ReadonlyMap<string, number>;
  readonly landings: readonly Landing[];
  readonly facts: Case;
  readonly judgement: Judgement;
}

/** Merges in memory, compares, and judges. Null when the two have no common history. */
export async function examine(
  repo: Repo,
  question: Question,
  signal?: AbortSignal,
): Promise<Examined | null> {
  const { base, head, method } = question;
  const [merged, recent, range] = await Promise.all([
    method === "rebase" ? tryReplay(repo, base, head, signal) : tryMerge(repo, base, head, signal),
    recentLandings(repo, base, window),
    readRange(repo, base, head, signal),
  ]);
  const { mergeBase } = range;
  if (!merged || mergeBase === null) return null;
  const [changes, twoDot, landings] = await Promise.all([
    readTreeDiff(repo, base, merged.tree, signal),
    range.missing.size > 0 ? readRemovedCounts(repo, base, head, signal) : new Map<string, number>(),
    reachBack(repo, recent, range, mergeBase, signal),
  ]);
  const conflicted = new Set(merged.conflicts);
  const files = cancel(
    changes.filter((patch) => !conflicted.has(patch.oldPath) && !conflicted.has(patch.newPath)),
  );
  const known = knownLandings(landings, range);
  const suspects = files.filter((file) => isSuspect(file, known, method));
  const bySize = [...suspects].sort((a, b) => b.lines.length - a.lines.length);
  const [followed, unfollowed] = [bySize.slice(0, mostPaths), bySize.slice(mostPaths)];
  const read = { range: { ...range, mergeBase }, files, followed, unfollowed, known, landings };
  const facts = await readCase(repo, question, read, signal);
  return {
    question,
    range: { ...range, mergeBase },
    merged,
    twoDot,
    landings,
    facts,
    judgement: judge(facts),
  };
}

/** Where the branch left long ago, the landings before that point are what it can undo. */
async function reachBack(
  repo: Repo,
  recent: readonly Landing[],
  range: Range,
  mergeBase: Oid,
  signal: AbortSignal | undefined,
): Promise<Landing[]> {
  const known = recent.filter(({ oid }) => !range.missing.has(oid));
  const last = recent.at(-1);
  if (!last || last.parents.length === 0 || known.length >= window / 2) return [...recent];
  const older = await readLandings(repo, mergeBase, window, signal);
  const have = new Set(recent.map(({ oid }) => oid));
  return [...recent, ...older.filter(({ oid }) => !have.has(oid))];
}

function knownLandings(landings: readonly Landing[], range: Range): Map<Oid, KnownLanding> {
  const known = new Map<Oid, KnownLanding>();
  let age = 0;
  for (const landing of landings) {
    // A branch that was stacked on another one knows that one's work without the merge that landed it.
    const inHead =
      landing.parents.length > 1
        ? landing.parents.slice(1).some((parent) => !range.missing.has(parent))
        : !range.missing.has(landing.oid);
    // What the history began with is nobody's fresh work.
    if (landing.parents.length === 0) continue;
    known.set(landing.oid, { ...landing, inHead, age: inHead ? age++ : 0 });
  }
  return known;
}

/** Whether anything of a recent landing can be undone in this file. */
function isSuspect(file: GoneFile, known: ReadonlyMap<Oid, KnownLanding>, method: Method): boolean {
  const { patch } = file;
  if (patch.status === "added" || patch.status === "copied") return false;
  const loses =
    patch.binary ||
    isGitlink(patch) ||
    patch.oldMode !== patch.newMode ||
    patch.status === "deleted" ||
    patch.status === "renamed" ||
    (patch.hunks.length > 0 && file.lines.length === 0) ||
    file.lines.some((line) => line.fate === "open");
  if (!loses) return false;
  for (const landing of known.values())
    if (landing.inHead || method === "rebase")
      for (const touched of landing.touched) if (touched.path === patch.oldPath) return true;
  return false;
}

interface Read {
  readonly range: Range & { readonly mergeBase: Oid };
  readonly files: readonly GoneFile[];
  readonly followed: readonly GoneFile[];
  readonly unfollowed: readonly GoneFile[];
  readonly known: ReadonlyMap<Oid, KnownLanding>;
  readonly landings: readonly Landing[];
}

async function readCase(
  repo: Repo,
  { base, head, method, recordedBase, earlierHeads, caughtUp }: Question,
  { range, files, followed, unfollowed, known, landings }: Read,
  signal: AbortSignal | undefined,
): Promise<Case> {
  const calm: Case = {
    method,
    files,
    unfollowed,
    work: new Map(),
    landings: known,
    own: [],
    syncs: [],
    unseen: null,
    seenTexts: new Map(),
    notInBranch: new Set(),
  };
  if (followed.length === 0) return calm;
  const stop = landings.at(-1)?.parents[0] ?? null;
  const [patches, later] = await Promise.all([
    readLandingPatches(repo, base, stop, withOldNames(followed, landings), signal),
    recordedBase ? firstParentsWithout(repo, base, recordedBase, 2000) : null,
  ]);
  const caught = later?.findIndex((oid) => caughtUp.includes(oid)) ?? -1;
  const unseen = later && new Set(caught === -1 ? later : later.slice(0, caught));
  const work = new Map<GoneFile, Undone[]>();
  for (const file of followed) work.set(file, undone(file, trace(file.patch.oldPath, patches)));
  const facts: Case = { ...calm, work, unseen };
  const merges = syncMerges(range);
  const stirred = dropsUnseen(facts) || method === "rebase" || (merges.length > 0 && losesTraced(work));
  // Most branches just edit: then nobody needs to know what their commits say.
  if (!stirred && !isSuspicious(facts)) return facts;
  const own = await readOwnCommits(repo, base, head, signal);
  const told: Case = { ...facts, own };
  const [syncs, branch] = await Promise.all([
    readSyncs(repo, told, merges, signal),
    readBranchTexts(repo, told, range.mergeBase, head, earlierHeads, signal),
  ]);
  return { ...told, syncs, ...branch };
}

/** Whether anything goes that the branch may never have had. */
function dropsUnseen({ unseen, work, landings }: Case): boolean {
  if (!unseen) return false;
  for (const works of work.values())
    for (const each of works)
      if (unseen.has(each.landing) && landings.get(each.landing)?.inHead && isDropped(each)) return true;
  return false;
}

/** Whether any line that can be traced to a landing goes. */
function losesTraced(work: ReadonlyMap<GoneFile, readonly Undone[]>): boolean {
  for (const works of work.values()) if (works.some(({ lost }) => lost.length > 0)) return true;
  return false;
}

/** The followed paths, and those that a landing deleted while it added one of them: perhaps a rename. */
function withOldNames(followed: readonly GoneFile[], landings: readonly Landing[]): string[] {
  const paths = new Set(followed.map((file) => file.patch.oldPath));
  for (const landing of landings) {
    const added = landing.touched.filter((touched) => touched.status === "A" && paths.has(touched.path));
    if (added.length === 0) continue;
    for (const touched of landing.touched)
      if (touched.status === "D" && added.some((other) => alike(touched, other))) paths.add(touched.path);
  }
  return [...paths];
}

function alike(a: { path: string; oldOid: Oid }, b: { path: string; newOid: Oid }): boolean {
  const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  return a.oldOid === b.newOid || name(a.path) === name(b.path);
}
