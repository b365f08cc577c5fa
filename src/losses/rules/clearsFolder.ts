import type { Case, Claim } from "../case";

/**
 * Several landings lose a file of the same folder, and most of them keep the rest of their work: news fragments collected at
 * a release, fixtures swept out. That is a chore, not an accident.
 */
export function clearsFolder(facts: Case, claims: readonly Claim[]): Claim[] {
  const whole = claims.filter(
    (claim) => claim.confidence === "unsure" && claim.file.patch.status === "deleted",
  );
  const folders = new Map<string, Claim[]>();
  for (const claim of whole) {
    const folder = folderOf(claim.file.patch.oldPath);
    folders.set(folder, [...(folders.get(folder) ?? []), claim]);
  }
  const swept: Claim[] = [];
  for (const [folder, mine] of folders) {
    const deleted = facts.files.filter(
      (file) => file.patch.status === "deleted" && folderOf(file.patch.oldPath) === folder,
    );
    const landings = new Set(mine.flatMap((claim) => claim.landings));
    const keeping = [...landings].filter((oid) => {
      const touched = facts.landings.get(oid)?.size ?? 0;
      return mine.filter((claim) => claim.landings.includes(oid)).length <= touched / 2;
    });
    if (
      keeping.length >= landings.size / 2 &&
      deleted.length >= 2 &&
      (landings.size >= 2 || deleted.length > mine.length)
    )
      swept.push(...mine);
  }
  return swept;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
