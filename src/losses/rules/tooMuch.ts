import { type Case, type Claim, named, openLines } from "../case";

/** Files that recent landings touched and that were not followed back, because the change is too large: unknown is asked. */
export function tooMuch(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const file of facts.unfollowed) {
    const landings = [...facts.landings.values()].filter(
      ({ inHead, touched }) => inHead && touched.some(({ path }) => path === file.patch.oldPath),
    );
    const newest = landings[0];
    const lines = openLines(file);
    if (!newest || (lines.length === 0 && file.patch.status !== "deleted")) continue;
    claims.push({
      code: "too-much",
      file,
      lines,
      landings: landings.map(({ oid }) => oid),
      confidence: "unsure",
      detail: `The change is too large to follow every file, and ${named(newest)} lately touched this one.`,
    });
  }
  return claims;
}
