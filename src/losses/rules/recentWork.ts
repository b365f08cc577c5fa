import { type Case, type Claim, type KnownLanding, named, openLines } from "../case";
import { telling, tokens, weight } from "../text";
import type { Undone } from "../undone";
import { isManifest } from "./manifest";
import { countPlain } from "./neverSeen";
import { recent } from "./takenBack";

/**
 * Recent work that is gone as a whole, with no proof either way: a file that just landed, or all that a landing wrote in a
 * file. Nothing in git tells a wish from a slip here, so a person is asked, once a landing.
 */
export function recentWork(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const [file, works] of facts.work)
    for (const work of works) {
      const landing = facts.landings.get(work.landing);
      if (!landing?.inHead || landing.age >= recent) continue;
      const code = reason(work);
      if (!code) continue;
      claims.push({
        code,
        file,
        lines: work.wholeFile ? openLines(file) : work.lost,
        landings: [work.landing],
        confidence: "unsure",
        detail: sentence(code, work, landing),
      });
    }
  return claims;
}

function reason(work: Undone): "recent-work-gone" | "overwritten" | null {
  if (work.wholeFile) return "recent-work-gone";
  if (isManifest(work.file.patch.oldPath) && dropsEntry(work)) return "recent-work-gone";
  if (work.stood === 0 || work.lost.length < 0.8 * work.stood) return null;
  if (work.step.patch.status === "added" && work.stood >= 8) return "overwritten";
  const plain = countPlain(work);
  return plain > 0 && plain >= 0.8 * work.stood ? "recent-work-gone" : null;
}

/** All entries that a landing had added are dropped: their names are nowhere in what comes, so no version changed. */
function dropsEntry(work: Undone): boolean {
  const words = (text: string) => tokens(text).filter((token) => !/^\d+$/.test(token));
  const shape = (text: string) => tokens(text).join(" ");
  // A list's last line gets a comma when another follows; that makes it no entry of the landing.
  const before = new Set(work.step.patch.hunks.flatMap((hunk) => hunk.removed.map(shape)));
  const comes = new Set([...work.file.fresh.values()].flatMap((texts) => texts.flatMap(words)));
  const lost = new Set(work.lost.map(({ line }) => line));
  const entries = work.step.places
    .flatMap(({ stands }) => [...stands])
    .filter(([, text]) => weight(text) >= telling && !before.has(shape(text)));
  return (
    entries.length > 0 &&
    entries.every(([line, text]) => lost.has(line) && words(text).every((word) => !comes.has(word)))
  );
}

function sentence(code: "recent-work-gone" | "overwritten", work: Undone, landing: KnownLanding): string {
  const ago = landing.age === 0 ? "the newest landing" : `${landing.age + 1} landings ago`;
  if (code === "overwritten")
    return `${named(landing)} made this file (${ago}); hardly a line of it is left.`;
  if (work.wholeFile) return `${named(landing)} made this file (${ago}); the merge deletes it.`;
  return `All that ${named(landing)} wrote in this file (${ago}) is gone.`;
}
