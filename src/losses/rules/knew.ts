import type { OwnCommit } from "../../git/ownCommits";
import type { Oid } from "../../model/worktree";
import { type Case, type KnownLanding, named, pullRequest } from "../case";
import { namesLanding } from "./declared";
import { paragraphsOnRemoval } from "./message";
import { goneByLanding, isNearlyWhole } from "./together";

/** With fewer people than this in the recent history, a name does not tell who knows what. */
const severalPeople = 3;
/** Names that many go by at once, of programs that work for somebody. */
const shared =
  /\[bot\]$|agent|\baider|\bamp\b|\bbot\b|claude|codex|copilot|cursor|devin\b|gemini|jules|opencode|openhands|windsurf/i;
/** An agent that works under its owner's name, as far as it says so. */
const credits = /^(?:co-authored-by|assisted-by|generated(?:-by| with| by))\b(.*)$/gim;

/**
 * Whether the branch shows that it knew what it takes away: it speaks of taking back this landing, it has commits that
 * were made after that and still have it, or it is by whoever wrote it. Of a landing that goes nearly as a whole both latter
 * must hold, for knowing it is no leave to take it away. Gives the sentence to show, or null; weaker than all proof, it
 * turns questions into nothing.
 */
export function knew(facts: Case, path: string, landings: readonly KnownLanding[]): string | null {
  const touching = facts.own.filter(({ touched }) => touched.some((one) => one.path === path));
  const speakers = speakersOf(touching, landings);
  const hands = new Set(touching.map(({ author }) => author));
  const people = new Set([...facts.landings.values()].map(({ writer }) => writer));
  const tells = people.size >= severalPeople && !touching.some(isByAgent);
  const carrying = carried(facts.own, touching);
  const gone = goneByLanding(facts);
  const found = landings.map((landing) => {
    if (!isSeen(facts, landing)) return null;
    const speaker = speakers.get(landing.oid);
    if (speaker) return `A commit of the branch takes ${named(landing)} back: ${speaker.subject}`;
    const mine = tells && hands.has(landing.writer) && !shared.test(landing.writer);
    const held = carrying.find(({ authoredAt }) => Date.parse(authoredAt) > Date.parse(landing.committedAt));
    const files = (gone.get(landing.oid)?.length ?? 0) + countUnfollowed(facts, landing.oid);
    if (isNearlyWhole(landing, files) && !(mine && held)) return null;
    if (held) return `The branch carried what ${named(landing)} brought from ${held.oid.slice(0, 9)} on.`;
    return mine ? `${landing.writer}, who wrote ${named(landing)}, takes this away.` : null;
  });
  return found.every((sign) => sign !== null) ? (found[0] ?? null) : null;
}

/** Whether the branch says of each landing that it takes it back: what is not certain to be lost is asked about then. */
export function speaksOf(facts: Case, path: string, landings: readonly KnownLanding[]): boolean {
  const touching = facts.own.filter(({ touched }) => touched.some((one) => one.path === path));
  const speakers = speakersOf(touching, landings);
  return landings.length > 0 && landings.every((each) => isSeen(facts, each) && speakers.has(each.oid));
}

function isSeen({ unseen }: Case, { oid, inHead }: KnownLanding): boolean {
  return inHead && !unseen?.has(oid);
}

/** For landings the commit that names them where it speaks of taking something away. */
function speakersOf(touching: readonly OwnCommit[], landings: readonly KnownLanding[]): Map<Oid, OwnCommit> {
  const found = new Map<Oid, OwnCommit>();
  for (const commit of touching) {
    // A commit's own number says nothing: it may be a copy of what landed under it.
    const own = pullRequest(commit.subject);
    const said = paragraphsOnRemoval(commit).join("\n\n");
    for (const landing of landings)
      if ((own === null || pullRequest(landing.subject) !== own) && namesLanding(said, landing))
        found.set(landing.oid, commit);
  }
  return found;
}

function isByAgent({ author, body }: OwnCommit): boolean {
  return shared.test(author) || [...body.matchAll(credits)].some(([, who = ""]) => shared.test(who));
}

/** The branch's commits that have the file as they found it, where they are one straight line and were made on it. */
function carried(own: readonly OwnCommit[], touching: readonly OwnCommit[]): readonly OwnCommit[] {
  const oldest = touching.at(-1);
  if (!oldest || own.some(({ parents }) => parents.length !== 1)) return [];
  // One that was set on another commit later was not written with what that one has.
  const stayed = ({ authoredAt, committedAt }: OwnCommit) => authoredAt === committedAt;
  return own.slice(own.indexOf(oldest) + 1).filter(stayed);
}

function countUnfollowed({ unfollowed }: Case, landing: Oid): number {
  return [...unfollowed.values()].filter((landings) => landings.includes(landing)).length;
}
