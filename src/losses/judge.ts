import type { Evidence } from "../model/check";
import type { Oid } from "../model/worktree";
import { type Case, type Claim, type KnownLanding, openLines } from "./case";
import { type GoneFile, type GoneLine, isPlain } from "./gone";
import { clearsFolder } from "./rules/clearsFolder";
import { declaration } from "./rules/declared";
import { droppedInMerge } from "./rules/droppedInMerge";
import { evident } from "./rules/evident";
import { goesBack } from "./rules/goesBack";
import { knew, speaksOf } from "./rules/knew";
import { landedApart } from "./rules/landedApart";
import { moveUndone } from "./rules/moveUndone";
import { neverSeen } from "./rules/neverSeen";
import { oldVersion } from "./rules/oldVersion";
import { ownLine } from "./rules/ownLine";
import { recentWork } from "./rules/recentWork";
import { replayed } from "./rules/replayed";
import { together } from "./rules/together";
import { tooMuch } from "./rules/tooMuch";
import { undoneLanding } from "./rules/undoneLanding";
import { telling } from "./text";

/** What is decided on some lines of one file; files without lines (binaries, modes, moves) have an empty list. */
export interface Decision {
  readonly file: GoneFile;
  readonly lines: readonly GoneLine[];
  /** Newest first. */
  readonly landings: readonly KnownLanding[];
  readonly evidence: readonly Evidence[];
  readonly confidence: "certain" | "likely" | "unsure";
  readonly removedBy: { readonly oid: Oid; readonly subject: string } | null;
  /** Why it is meant, for intended ones. */
  readonly why: string | null;
}

/** All removed lines of the difference, each in exactly one place. */
export interface Judgement {
  readonly losses: readonly Decision[];
  readonly questions: readonly Decision[];
  readonly intended: readonly Decision[];
  /** Removed with something else in their place: everyday editing, listed nowhere. */
  readonly edited: readonly GoneLine[];
  /** The same text is still there, or a program wrote it. */
  readonly kept: readonly GoneLine[];
}

const rank = { certain: 2, likely: 1, unsure: 0 } as const;

const rules = [
  oldVersion,
  undoneLanding,
  droppedInMerge,
  neverSeen,
  replayed,
  moveUndone,
  recentWork,
  tooMuch,
];

/** Whether any rule finds something to say, so that reading what the branch's commits say is worth the time. */
export function isSuspicious(facts: Case): boolean {
  return rules.some((rule) => rule(facts).length > 0);
}

/** Decides what the removed lines are: pure, from what was read beforehand. */
export function judge(facts: Case): Judgement {
  const first = rules.flatMap((rule) => rule(facts));
  const swept = new Set(clearsFolder(facts, first));
  const standing = first.filter((claim) => !swept.has(claim));
  const cleared = new Set([...swept].map((claim) => claim.file));
  const doubted = new Set(standing.filter((claim) => isDoubtful(facts, claim)));
  const more = together(facts, standing, doubted, cleared);
  for (const claim of more) if (isDoubtful(facts, claim)) doubted.add(claim);
  const claims = [...standing, ...more];
  const losses: Decision[] = [];
  const questions: Decision[] = [];
  const intended: Decision[] = [];
  const edited: GoneLine[] = [];
  const kept: GoneLine[] = [];
  for (const file of facts.files) {
    const mine = claims.filter((claim) => claim.file === file);
    const { oldPath } = file.patch;
    const sure = mine.filter((claim) => !doubted.has(claim));
    const loss = decide(facts, file, sure, []);
    const lost = new Set(loss?.lines);
    const asked = decide(
      facts,
      file,
      mine.filter((claim) => doubted.has(claim)),
      sure,
      lost,
    );
    const question = loss && asked && asked.lines.length === 0 ? null : asked;
    for (const [decision, list] of [
      [loss, losses],
      [question, questions],
    ] as const) {
      if (!decision) continue;
      const why = whyMeant(facts, oldPath, decision);
      if (why) intended.push({ ...decision, why, confidence: "certain" });
      else list.push(decision);
    }
    const taken = new Set([...lost, ...(question?.lines ?? [])]);
    const rest = openLines(file).filter((line) => !taken.has(line));
    const plain = rest.filter((line) => isPlain(file, line));
    edited.push(...rest.filter((line) => !isPlain(file, line)));
    kept.push(...file.lines.filter((line) => line.fate !== "open"));
    const whole = file.patch.status === "deleted" && file.lines.length === 0 && mine.length === 0;
    if (plain.length > 0 || whole) intended.push(meant(facts, file, plain, swept));
  }
  return { losses, questions, intended, edited, kept };
}

/** Whether a claim is no more than a question: for itself, or because the branch shows that it may be meant. */
function isDoubtful(facts: Case, claim: Claim): boolean {
  if (claim.confidence !== "likely") return claim.confidence === "unsure";
  if (claim.asked) return true;
  const landings = known(facts, claim.landings);
  const { oldPath } = claim.file.patch;
  return (
    evident(facts, oldPath, landings, claim.lines) !== null ||
    speaksOf(facts, oldPath, landings) ||
    landedApart(facts, oldPath) !== null ||
    goesBack(facts, oldPath, landings) ||
    ownLine(facts, oldPath, landings)
  );
}

/** What speaks for it that the branch means this; the less is proven against it, the more counts. */
function whyMeant(
  facts: Case,
  path: string,
  { landings, lines, evidence, confidence }: Decision,
): string | null {
  const said = declaration(facts, path, landings);
  if (said || confidence !== "unsure") return said;
  const isOpen = evidence.every(({ code }) => code !== "overwritten" && code !== "too-much");
  return (
    evident(facts, path, landings, lines) ??
    landedApart(facts, path) ??
    (isOpen ? knew(facts, path, landings) : null)
  );
}

/** Puts the claims on one file together; null when there are none. */
function decide(
  facts: Case,
  file: GoneFile,
  claims: readonly Claim[],
  stronger: readonly Claim[],
  without: ReadonlySet<GoneLine> = new Set(),
): Decision | null {
  if (claims.length === 0) return null;
  const told = new Set(claims.flatMap((claim) => claim.lines));
  const lines = withSlight(file, told).filter((line) => !without.has(line));
  if (lines.length === 0 && (told.size > 0 || stronger.length > 0)) return null;
  const best = Math.max(...claims.map((claim) => rank[claim.confidence]));
  const confidence = best === 2 ? "certain" : best === 1 ? "likely" : "unsure";
  const evidence = [...claims]
    .sort((a, b) => rank[b.confidence] - rank[a.confidence])
    .map(({ code, detail }) => ({ code, detail }));
  const removedBy = claims.find((claim) => claim.removedBy)?.removedBy ?? null;
  return {
    file,
    lines,
    landings: landingsOf(facts, file, lines, claims),
    evidence,
    confidence,
    removedBy,
    why: null,
  };
}

/** Braces and blank lines go with the telling lines around them, as far as these agree. */
function withSlight(file: GoneFile, told: ReadonlySet<GoneLine>): GoneLine[] {
  const found: GoneLine[] = [];
  let slight: GoneLine[] = [];
  let before: GoneLine | null = null;
  const settle = (after: GoneLine | null) => {
    const around = [before, after].filter((line) => line !== null && line.hunk === slight[0]?.hunk);
    if (around.length > 0 && around.every((line) => line && told.has(line))) found.push(...slight);
    slight = [];
  };
  for (const line of openLines(file)) {
    if (slight.length > 0 && slight[0]?.hunk !== line.hunk) settle(null);
    if (line.weight < telling && !told.has(line)) {
      slight.push(line);
      continue;
    }
    settle(line);
    if (told.has(line)) found.push(line);
    before = line;
  }
  settle(null);
  return found;
}

function known(facts: Case, oids: readonly Oid[]): KnownLanding[] {
  return oids.flatMap((oid) => facts.landings.get(oid) ?? []);
}

function landingsOf(
  facts: Case,
  file: GoneFile,
  lines: readonly GoneLine[],
  claims: readonly Claim[],
): KnownLanding[] {
  const oids = new Set(claims.flatMap((claim) => claim.landings));
  const mine = new Set(lines);
  for (const work of facts.work.get(file) ?? [])
    if (work.lost.some((line) => mine.has(line))) oids.add(work.landing);
  return [...facts.landings.values()].filter((landing) => oids.has(landing.oid));
}

function meant(facts: Case, file: GoneFile, lines: readonly GoneLine[], swept: ReadonlySet<Claim>): Decision {
  const landings = landingsOf(facts, file, lines, []);
  const declared = declaration(facts, file.patch.oldPath, landings);
  const sweeps = [...swept].some((claim) => claim.file === file);
  const code = declared ? "declared" : sweeps ? "clears-folder" : "own-deletion";
  const why =
    declared ??
    (sweeps
      ? "The branch clears this folder of what several landings left there, and keeps the rest of their work."
      : landings.length > 0
        ? "The branch removes part of what recently landed here and keeps or rewrites the rest."
        : "The branch's own change: nothing that landed lately is undone by it.");
  return {
    file,
    lines,
    landings,
    evidence: [{ code, detail: why }],
    confidence: declared ? "certain" : "likely",
    removedBy: null,
    why,
  };
}
