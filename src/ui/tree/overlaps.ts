import type { Overlap, SharedFile } from "../../model/overlap";
import type { Worktree } from "../../model/worktree";
import type { Translate } from "../translate";
import { filesInAll } from "./losses";

/** How a person calls the others, by the ids that overlaps have; who is not in it is gone. */
export type Names = ReadonlyMap<string, string>;

// More names than this are counted.
const named = 3;

/** "would conflict with dark-mode": what is worth a word beside the worktree's name; null when nothing is. */
export function conflictsInShort(
  { overlaps }: Pick<Worktree, "overlaps">,
  names: Names,
  t: Translate,
): string | null {
  return ofKind(overlaps, "conflict", names, (who) => t("would conflict with {0}", who));
}

/** The whole of it; null where it meets nobody, or that is not known. */
export function overlapsInWords(
  { overlaps }: Pick<Worktree, "overlaps">,
  names: Names,
  t: Translate,
): string | null {
  const words = [
    conflictsInShort({ overlaps }, names, t),
    ofKind(overlaps, "lines", names, (who) => t("overlaps with {0}", who)),
    ofKind(overlaps, "files", names, (who) => t("changes other places of the same files as {0}", who)),
    ofKind(overlaps, "builds-on", names, (who) => t("builds on {0}", who)),
    ofKind(overlaps, "built-on", names, (who) => t("is what {0} builds on", who)),
  ].filter((each) => each !== null);
  return words.length > 0 ? words.join("; ") : null;
}

function ofKind(
  overlaps: readonly Overlap[] | null,
  kind: Overlap["kind"],
  names: Names,
  say: (who: string) => string,
): string | null {
  const found = (overlaps ?? []).flatMap((overlap) =>
    overlap.kind === kind ? (names.get(overlap.with) ?? []) : [],
  );
  if (found.length === 0) return null;
  const more = found.length > named ? `, +${found.length - named}` : "";
  return say(found.slice(0, named).join(", ") + more);
}

/** "src/app.ts (+2 files)" */
export function whereInShort({ files, more }: Overlap, t: Translate): string {
  const rest = files.length - 1 + more;
  const path = files[0]?.path ?? "";
  return rest > 0 ? t("{0} (+{1})", path, filesInAll(rest, t)) : path;
}

/** What the other one does to a file that both have to do with. */
export function meetingInWords({ path, meeting, by }: SharedFile, name: string, t: Translate): string {
  switch (meeting) {
    case "lines":
      return t("{0} changes the same lines of {1}", name, path);
    case "apart":
      return t("{0} changes other lines of {1}", name, path);
    case "whole":
      return t("{0} changes {1} too, which has no lines", name, path);
    case "deleted":
      return by === "this"
        ? t("{0} changes {1}, which is deleted here", name, path)
        : t("{0} deletes {1}, which is changed here", name, path);
    case "moved":
      return by === "other"
        ? t("{0} gives {1} another name", name, path)
        : by === "this"
          ? t("{0} changes {1} under its old name", name, path)
          : t("{0} gives {1} yet another name", name, path);
    case "added":
      return t("{0} adds another {1}", name, path);
    case "place":
      return t("{0} has something else in the place of {1}", name, path);
  }
}
