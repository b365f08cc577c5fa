import { type Case, type Claim, named, openLines } from "../case";

/** Files that recent landings touched and that were not followed back, because the change is too large: unknown is asked. */
export function tooMuch(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const [file, landings] of facts.unfollowed) {
    const newest = facts.landings.get(landings[0] ?? "");
    const lines = openLines(file);
    if (!newest || (lines.length === 0 && file.patch.status !== "deleted")) continue;
    claims.push({
      code: "too-much",
      file,
      lines,
      landings,
      confidence: "unsure",
      detail: `The change is too large to follow every file, and ${named(newest)} lately touched this one.`,
    });
  }
  return claims;
}
