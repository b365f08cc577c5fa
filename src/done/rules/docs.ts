import type { Place } from "../../model/done";
import { type Change, present } from "../change";
import type { GateConfig } from "../config";
import { count, type Found, fail, pass } from "../found";
import { isProse, matcher } from "../kinds";
import { fencedLines, foldersOf, leadsSomewhere, linkedPath, linkTargets } from "../prose";

/** Do the documents still tell the truth: nothing that is gone, no new dead link, and what the repo maps to code. */
export function docs(change: Change, config: GateConfig["docs"], drift: readonly Place[]): Found {
  const where = [...drift, ...deadLinks(change), ...unchanged(change, config.map)];
  if (where.length === 0) return pass("The documents name nothing that is gone.");
  return fail(
    `${count(where.length, "place")} in the documents ${where.length === 1 ? "does" : "do"} not fit the change.`,
    "Change the documents with the code.",
    where,
  );
}

/** Links that the change adds and that lead nowhere. */
function deadLinks(change: Change): Place[] {
  const folders = foldersOf(change.after);
  return present(change)
    .filter(({ path }) => isProse(path))
    .flatMap(({ path, added }) => {
      const fenced = fencedLines(change.read(path) ?? "");
      return added.flatMap(({ line, text }) =>
        (fenced.has(line) ? [] : linkTargets(text)).flatMap((target) => {
          const to = linkedPath(path, target);
          const dead = to !== null && !leadsSomewhere(to, change.after, folders);
          return dead ? [{ path, line, message: `The link leads to ${to}, which is not there.` }] : [];
        }),
      );
    });
}

/** Documents that the repo says belong to code, where the code changed and none of them did. */
function unchanged(change: Change, map: GateConfig["docs"]["map"]): Place[] {
  const touched = change.files.flatMap(({ path, oldPath }) => [path, oldPath]);
  return map.flatMap((each) => {
    const [isCode, isDoc] = [matcher(each.code), matcher(each.docs)];
    const code = touched.find((path) => isCode(path) && !isDoc(path));
    if (code === undefined || touched.some(isDoc)) return [];
    const path = [...change.after].find(isDoc) ?? null;
    return [{ path, line: null, message: `${code} changed, but nothing in ${each.docs.join(", ")}.` }];
  });
}
