import type { CheckDocument, Deletion } from "../../model/check";
import type { Translate } from "../translate";

/** Landings that are named before the rest is counted. */
const named = 3;

/** "would delete 42 lines of #12, #13": what the target would lose if this landed now; null when nothing. */
export function lossesInShort(check: CheckDocument | null, t: Translate): string | null {
  if (!check || check.losses.length === 0) return null;
  const landings = landingsOf(check.losses);
  const what = amount(check.losses, t);
  return landings === "" ? t("would delete {0}", what) : t("would delete {0} of {1}", what, landings);
}

/** The same of one file, with who shipped it. */
export function lossInWords(loss: Deletion, t: Translate): string {
  const what = loss.kind === "file" ? t("the whole file") : amount([loss], t);
  const [first] = loss.introducedBy;
  return first ? t("{0}, shipped by {1} with {2}", what, first.author, first.subject) : what;
}

/** Lines where there are any; a binary, a mode or a submodule has none. */
export function amount(losses: readonly Deletion[], t: Translate): string {
  const lines = losses.reduce((sum, loss) => sum + loss.lines, 0);
  return lines > 0 ? linesInAll(lines, t) : filesInAll(losses.length, t);
}

export function linesInAll(lines: number, t: Translate): string {
  return lines === 1 ? t("1 line") : t("{0} lines", lines);
}

export function filesInAll(files: number, t: Translate): string {
  return files === 1 ? t("1 file") : t("{0} files", files);
}

/** "#12, #13": the pull requests, or the short ids where none is known. */
export function landingsOf(losses: readonly Deletion[]): string {
  const all = losses.flatMap(({ introducedBy }) =>
    introducedBy.map(({ pr, oid }) => (pr === null ? oid.slice(0, 8) : `#${pr}`)),
  );
  const names = [...new Set(all)];
  const shown = names.slice(0, named).join(", ");
  return names.length > named ? `${shown}, +${names.length - named}` : shown;
}
