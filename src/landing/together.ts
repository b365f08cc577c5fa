import type { Arrivals } from "./arrivals";
import type { Branch } from "./branch";
import type { Effect } from "./effect";
import { candidatesFor, hasEffect, tryOn } from "./introduce";
import type { Lab } from "./lab";
import type { Landings } from "./landings";

/** That the branch's line came in as one landing, from after `from` (-1: from where it forked) up to `to`. */
interface Guess {
  readonly from: number;
  readonly to: number;
  readonly index: number;
  readonly effect: Effect;
}

/**
 * Proves squashes: a stretch of the branch's line that came in as one landing, oldest landing first and longest
 * stretch first. What came in before counts as known to both sides, as if it had been merged.
 */
export async function proveTogether(
  lab: Lab,
  landings: Landings,
  branch: Branch,
  arrivals: Arrivals,
): Promise<void> {
  let last = 0;
  while (!arrivals.allSettled) {
    const guesses = await guessesFrom(lab, landings, branch, arrivals.frontier, last);
    const right = await firstRight(lab, landings, branch, guesses);
    const tip = right && branch.line[right.guess.to];
    if (!right || !tip) break;
    arrivals.note(branch.upTo(tip.oid), {
      as: landings.at(right.guess.index).oid,
      index: right.guess.index,
      proof: right.replayed ? "replayed" : "absorbed",
    });
    last = right.guess.index;
  }
}

async function guessesFrom(
  lab: Lab,
  landings: Landings,
  branch: Branch,
  from: number,
  last: number,
): Promise<Guess[]> {
  const guesses = await Promise.all(
    branch.possibleEnds(landings, from).map(async (to) => {
      const effect = await branch.effectBetween(lab, landings, from, to);
      const tip = branch.line[to];
      if (!effect || !tip) return [];
      const candidates = await candidatesFor(lab, landings, effect, branch.since(tip.oid));
      return candidates.filter((index) => index > last).map((index) => ({ from, to, index, effect }));
    }),
  );
  return guesses.flat().sort((a, b) => a.index - b.index || b.to - a.to);
}

async function firstRight(
  lab: Lab,
  landings: Landings,
  branch: Branch,
  guesses: readonly Guess[],
): Promise<{ guess: Guess; replayed: boolean } | null> {
  for (let at = 0; at < Math.min(guesses.length, mostGuesses); at += atOnce) {
    const some = guesses.slice(at, at + atOnce);
    const trials = await Promise.all(some.map((guess) => tryOn(lab, landings, guess.effect, guess.index)));
    for (const [i, guess] of some.entries()) {
      const trial = trials[i];
      if (!trial || trial.missing || !(trial.replayed || trial.absorbed)) continue;
      if (await restIsThere(lab, landings, branch, guess, trial.replayed)) {
        return { guess, replayed: trial.replayed };
      }
    }
  }
  return null;
}

/**
 * Whether the landing has the end of the stretch from wherever one starts in it. It has not when the branch took
 * something back that came into the target by another way: over the whole stretch that is no change.
 */
async function restIsThere(
  lab: Lab,
  landings: Landings,
  branch: Branch,
  guess: Guess,
  replayed: boolean,
): Promise<boolean> {
  const starts = Array.from({ length: guess.to - guess.from - 1 }, (_, i) => guess.from + 1 + i);
  const results = await Promise.all(
    starts.map(async (from) => {
      const effect = await branch.effectBetween(lab, landings, from, guess.to);
      const has = effect && (await hasEffect(lab, landings, effect, guess.index));
      // Lines beside the stretch's own may make its end conflict where the whole of it did not.
      return has === "yes" || (has === "conflict" && replayed);
    }),
  );
  return !results.includes(false);
}

const atOnce = 8;
const mostGuesses = 400;
