import { readBlobs } from "../git/catFile";
import type { Range } from "../git/range";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";
import type { Case } from "./case";
import { isDropped } from "./rules/neverSeen";
import { squeeze } from "./text";

/** More commits than this are not searched for a sign that the branch knew the lines; the newest come first. */
const mostCommits = 60;

/** What the branch has had in the files where that matters, now and at every place where its head has been. */
export async function readBranchTexts(
  repo: Repo,
  facts: Case,
  { mergeBase: fork, missing }: Range & { readonly mergeBase: Oid },
  head: Oid,
  earlierHeads: readonly Oid[],
  signal: AbortSignal | undefined,
): Promise<Pick<Case, "seenTexts" | "notInBranch">> {
  const paths = [...facts.work].flatMap(([file, works]) =>
    facts.unseen && works.some((work) => facts.unseen?.has(work.landing) && isDropped(work))
      ? [file.patch.oldPath]
      : [],
  );
  const deleted =
    facts.method === "rebase"
      ? [...facts.work.keys()]
          .filter((file) => file.patch.status === "deleted")
          .map((file) => file.patch.oldPath)
      : [];
  // A head that the target holds says nothing of what was seen.
  const isOwn = (oid: Oid) => !facts.landings.has(oid) && !missing.has(oid);
  const commits = [...facts.own.map(({ oid }) => oid), ...earlierHeads.filter(isOwn)].slice(0, mostCommits);
  const names = [
    ...commits.flatMap((commit) => paths.map((path) => `${commit}:${path}`)),
    ...deleted.flatMap((path) => [`${fork}:${path}`, `${head}:${path}`]),
  ];
  const blobs = await readBlobs(repo, names, undefined, signal);
  const seenTexts = new Map<string, ReadonlySet<string>>();
  for (const path of paths) {
    const texts = commits.flatMap(
      (commit) => blobs.get(`${commit}:${path}`)?.toString("latin1").split("\n") ?? [],
    );
    seenTexts.set(path, new Set(texts.map(squeeze)));
  }
  const notInBranch = deleted.filter(
    (path) => !blobs.get(`${fork}:${path}`) && !blobs.get(`${head}:${path}`),
  );
  return { seenTexts, notInBranch: new Set(notInBranch) };
}
