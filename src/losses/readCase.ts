import { readAuthors } from "../git/authors";
import { firstParentsWithout } from "../git/commits";
import { readLandedPaths } from "../git/landedPaths";
import { type LandedChange, type Landing, readLandings } from "../git/landings";
import { readOwnCommits } from "../git/ownCommits";
import type { Range } from "../git/range";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";
import type { Case, KnownLanding } from "./case";
import type { Question, Relation } from "./examine";
import { type FileHistory, window } from "./fileHistory";
import type { GoneFile } from "./gone";
import { isSuspicious } from "./judge";
import { isKnown } from "./late";
import { readMarkedGenerated } from "./marked";
import { isGenerated } from "./rules/generated";
import { isDropped } from "./rules/neverSeen";
import { readBranchTexts } from "./seen";
import { readSyncs, syncMerges } from "./syncs";
import { traceWork, type Work } from "./work";

/** What is known when the rules are asked whether more has to be read. */
export interface Read extends Relation {
  readonly question: Question;
  readonly files: readonly GoneFile[];
  readonly followed: readonly GoneFile[];
  readonly unfollowed: readonly GoneFile[];
  readonly history: FileHistory;
}

/** Reads what the rules look at, and no more than that: most branches just edit. */
export async function readCase(repo: Repo, read: Read, signal: AbortSignal | undefined): Promise<Case> {
  const { question, range, own } = read;
  const { base, head, method, earlierHeads } = question;
  const [{ landings: changed, work }, unfollowed] = await Promise.all([
    traceWork(repo, read, signal),
    touchedUnfollowed(repo, read, signal),
  ]);
  const known = knownLandings([...changed, ...unfollowed.landings], range, new Map(), new Map());
  const facts: Case = {
    method,
    files: read.files,
    unfollowed: unfollowed.files,
    work,
    landings: known,
    own,
    syncs: [],
    ...(await readUnseen(repo, question, work, known)),
    seenTexts: new Map(),
    notInBranch: new Set(),
  };
  const merges = syncMerges(range);
  const stirred = facts.unseen !== null || method === "rebase" || (merges.length > 0 && losesTraced(work));
  if (!stirred && !isSuspicious(facts)) return facts;
  const writing = withoutGenerated(repo, base, work, signal);
  const [written, landings, all, syncs] = await Promise.all([
    writing,
    readAllLandings(repo, read, changed, writing, signal),
    own.length === 0 ? readOwnCommits(repo, base, head, signal) : own,
    writing.then((written) => readSyncs(repo, written, merges, signal)),
  ]);
  const told: Case = { ...facts, work: written, landings, own: all, syncs };
  return { ...told, ...(await readBranchTexts(repo, told, range, head, earlierHeads, signal)) };
}

/** The files that are too many to be followed, as far as a landing that the branch has touched them. */
async function touchedUnfollowed(
  repo: Repo,
  { unfollowed, late }: Read,
  signal: AbortSignal | undefined,
): Promise<{ files: Case["unfollowed"]; landings: LandedChange[] }> {
  if (unfollowed.length === 0 || late.newest === null) return { files: new Map(), landings: [] };
  const chain = await readLandings(repo, late.newest, window, { signal });
  const touched = await readLandedPaths(
    repo,
    chain.map(({ oid }) => oid),
    signal,
  );
  const byPath = new Map<string, Oid[]>();
  for (const { oid, parents } of chain)
    for (const { path } of parents.length > 0 ? (touched.get(oid) ?? []) : [])
      byPath.set(path, [...(byPath.get(path) ?? []), oid]);
  const files = unfollowed.flatMap((file) => {
    const landings = byPath.get(file.patch.oldPath);
    return landings ? [[file, landings] as const] : [];
  });
  return { files: new Map(files), landings: chain.map((landing) => ({ ...landing, patches: [] })) };
}

/** Leaves out the files that a program writes, as the repo itself says. */
async function withoutGenerated(
  repo: Repo,
  base: Oid,
  work: Work,
  signal: AbortSignal | undefined,
): Promise<Work> {
  const paths = [...work.keys()].map(({ patch }) => patch.oldPath);
  const generated = await readMarkedGenerated(repo, base, paths, signal);
  const left = new Map(work);
  for (const file of work.keys())
    if (generated.has(file.patch.oldPath)) {
      left.delete(file);
      for (const line of file.lines) if (line.fate === "open") line.fate = "generated";
    }
  return left;
}

/** The known landings with their ages, those among them that did nothing here, and how much each did in all. */
async function readAllLandings(
  repo: Repo,
  { late, range }: Read,
  landings: readonly LandedChange[],
  writing: Promise<Work>,
  signal: AbortSignal | undefined,
): Promise<Map<string, KnownLanding>> {
  const reading = late.newest === null ? [] : readLandings(repo, late.newest, window, { signal });
  const [chain, writers, touched] = await Promise.all([
    reading,
    Promise.resolve(reading).then((chain) => readWriters(repo, [...landings, ...chain])),
    writing.then((work) => {
      const undone = [...work.values()].flat().filter(({ lost, wholeFile }) => lost.length > 0 || wholeFile);
      return readLandedPaths(repo, [...new Set(undone.map(({ landing }) => landing))], signal);
    }),
  ]);
  const changed = new Map(landings.map((landing) => [landing.oid, landing]));
  const whole = (landing: Landing): LandedChange => changed.get(landing.oid) ?? { ...landing, patches: [] };
  const after = landings.filter(({ oid }) => !chain.some((landing) => landing.oid === oid));
  const sizes = new Map(
    [...touched].map(([oid, paths]) => [oid, paths.filter(({ path }) => !isGenerated(path)).length]),
  );
  return knownLandings([...after, ...chain.map(whole)], range, sizes, writers);
}

/** Who wrote what the merges among them brought in, by merge. */
async function readWriters(repo: Repo, landings: readonly Landing[]): Promise<Map<Oid, string>> {
  const merges = new Map(
    landings.flatMap(({ oid, parents: [, brought] }) => (brought ? [[oid, brought]] : [])),
  );
  const authors = await readAuthors(repo, [...new Set(merges.values())]);
  return new Map(
    [...merges].flatMap(([oid, brought]) => {
      const author = authors.get(brought);
      return author === undefined ? [] : [[oid, author]];
    }),
  );
}

const millisecondsADay = 24 * 60 * 60 * 1000;

/** When the newest landings came, as most of them say: a clock may be wrong. */
function lately(landings: readonly Landing[]): number {
  const dates = landings.slice(0, 5).map(({ committedAt }) => Date.parse(committedAt));
  return dates.sort((a, b) => a - b)[Math.floor(dates.length / 2)] ?? Number.NaN;
}

function knownLandings(
  landings: readonly LandedChange[],
  { missing }: Range,
  sizes: ReadonlyMap<Oid, number>,
  writers: ReadonlyMap<Oid, string>,
): Map<Oid, KnownLanding> {
  const known = new Map<Oid, KnownLanding>();
  let age = 0;
  const now = lately(landings.filter((landing) => isKnown(landing, missing)));
  for (const landing of landings) {
    // What the history began with is nobody's fresh work.
    if (landing.parents.length === 0) continue;
    const inHead = isKnown(landing, missing);
    known.set(landing.oid, {
      ...landing,
      writer: writers.get(landing.oid) ?? landing.author,
      inHead,
      itself: !missing.has(landing.oid),
      age: inHead ? age++ : 0,
      days: inHead ? (now - Date.parse(landing.committedAt)) / millisecondsADay : 0,
      size: sizes.get(landing.oid) ?? landing.patches.length,
    });
  }
  return known;
}

/** The landings that came after the branch's recorded base, where it drops any of them; else none. */
async function readUnseen(
  repo: Repo,
  { base, recordedBase, caughtUp, resetTo }: Question,
  work: Work,
  landings: Case["landings"],
): Promise<Pick<Case, "unseen" | "perhapsSeen">> {
  const none = { unseen: null, perhapsSeen: new Set<Oid>() };
  const dropped = [...work.values()]
    .flat()
    .filter((each) => landings.get(each.landing)?.inHead && isDropped(each));
  if (recordedBase === null || dropped.length === 0) return none;
  const later = await firstParentsWithout(repo, base, recordedBase, 2000);
  if (later === null) return none;
  const from = (places: readonly Oid[]) => {
    const at = later.findIndex((oid) => places.includes(oid));
    return at === -1 ? later.length : at;
  };
  const unseen = new Set(later.slice(0, from(caughtUp)));
  if (!dropped.some(({ landing }) => unseen.has(landing))) return none;
  return { unseen, perhapsSeen: new Set(later.slice(from(resetTo))) };
}

/** Whether any line that can be traced to a landing goes. */
function losesTraced(work: Work): boolean {
  for (const works of work.values()) if (works.some(({ lost }) => lost.length > 0)) return true;
  return false;
}
