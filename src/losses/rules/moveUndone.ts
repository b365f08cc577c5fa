import { type Case, type Claim, named } from "../case";
import { isGenerated } from "./generated";

/** A rename back to where a recent landing had moved the file away from; git shows it as a harmless rename. */
export function moveUndone(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const file of facts.files) {
    const { patch } = file;
    if (patch.status !== "renamed" || isGenerated(patch.oldPath)) continue;
    for (const landing of facts.landings.values()) {
      if (!landing.inHead) continue;
      const moved = landing.patches.some(
        ({ status, oldPath, newPath }) =>
          status === "renamed" && oldPath === patch.newPath && newPath === patch.oldPath,
      );
      if (!moved) continue;
      claims.push({
        code: "move-undone",
        file,
        lines: file.lines.filter((line) => line.fate === "open"),
        landings: [landing.oid],
        confidence: "likely",
        detail: `${named(landing)} had moved this file here; the merge moves it back to its old place.`,
      });
      break;
    }
  }
  return claims;
}
