import type { OwnCommit } from "../../git/ownCommits";
import { type Case, type KnownLanding, named, pullRequest } from "../case";
import { namedLandings } from "./declared";
import { goneByLanding, isNearlyWhole } from "./together";

/** With fewer people than this in the recent history, a name does not tell who knows what. */
const severalPeople = 3;
/** Names that many go by at once. */
const shared = /\[bot\]$|\b(?:agent|bot|claude|codex|copilot|cursor|devin|gemini)\b/i;

/**
 * Whether the branch shows that it knew what it takes away: it speaks of this landing, it has commits that were written
 * after that and still have it, or it is by whoever wrote it. Of a landing that goes nearly as a whole both latter must
 * hold, for knowing it is no leave to take it away. Gives the sentence to show, or null; weaker than all proof, it turns
 * questions into nothing.
 */
export function knew(facts: Case, path: string, landings: readonly KnownLanding[]): string | null {
  const gone = goneByLanding(facts);
  const found = signs(facts, path, landings).map(({ landing, speaker, held, mine }) => {
    if (speaker) return `A commit of the branch speaks of ${named(landing)}: ${speaker.subject}`;
    if (isNearlyWhole(landing, gone.get(landing.oid) ?? []) && !(mine && held)) return null;
    if (held) return `The branch carried what ${named(landing)} brought from ${held.oid.slice(0, 9)} on.`;
    return mine ? `${landing.writer}, who wrote ${named(landing)}, takes this away.` : null;
  });
  return found.every((sign) => sign !== null) ? (found[0] ?? null) : null;
}

/** Whether that is as sure as it gets for each landing: what is not certain to be lost is asked about then. */
export function knewWell(facts: Case, path: string, landings: readonly KnownLanding[]): boolean {
  const found = signs(facts, path, landings);
  return found.length > 0 && found.every(({ speaker, held, mine }) => speaker || (mine && held));
}

function signs(facts: Case, path: string, landings: readonly KnownLanding[]) {
  const touching = facts.own.filter(({ touched }) => touched.some((one) => one.path === path));
  const hands = new Set(touching.map(({ author }) => author));
  const people = new Set([...facts.landings.values()].map(({ writer }) => writer));
  const carrying = carried(facts.own, touching);
  // A commit's own number says nothing: it may be a copy of what landed under it.
  const spoken = touching.map((commit) => {
    const own = pullRequest(commit.subject);
    const others = namedLandings(facts, commit).filter(
      ({ subject }) => own === null || pullRequest(subject) !== own,
    );
    return { commit, of: others };
  });
  return landings.map((landing) => {
    const seen = landing.inHead && !facts.unseen?.has(landing.oid);
    const isOne = people.size >= severalPeople && !shared.test(landing.writer);
    const later = ({ authoredAt }: OwnCommit) => Date.parse(authoredAt) > Date.parse(landing.committedAt);
    return {
      landing,
      speaker: spoken.find(({ of }) => of.includes(landing))?.commit,
      mine: seen && isOne && hands.has(landing.writer),
      held: seen ? carrying.find(later) : undefined,
    };
  });
}

/** The branch's commits that have the file as they found it, where they are one straight line. */
function carried(own: readonly OwnCommit[], touching: readonly OwnCommit[]): readonly OwnCommit[] {
  const oldest = touching.at(-1);
  if (!oldest || own.some(({ parents }) => parents.length !== 1)) return [];
  return own.slice(own.indexOf(oldest) + 1);
}
