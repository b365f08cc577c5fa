import { chooseTarget, mainRemote, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { findRevision, type Revision } from "../git/revision";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";

/** What is recovered, and onto what. */
export interface Ends {
  readonly branch: Revision;
  readonly onto: { readonly ref: string; readonly oid: Oid };
}

/**
 * Finds what a person named: the branch here or, where there is none, on the remote; `onto` is the target unless given.
 * Refused as `unknown-ref` or `no-base`.
 */
export async function findEnds(repo: Repo, branch: string, onto: string | undefined): Promise<Outcome<Ends>> {
  const refs = await readRefs(repo);
  const remote = mainRemote(refs);
  const there = remote === null ? null : `${remote}/${branch}`;
  const found =
    (await findRevision(repo, branch)) ??
    (there === null ? null : await findRevision(repo, `refs/remotes/${there}`));
  if (!found) return unknown(branch);
  const ref = onto ?? chooseTarget(refs)?.ref.replace(/^refs\/(heads|remotes)\//, "");
  if (ref === undefined) {
    return refused(
      "no-base",
      "Where this would merge is not known: the repo names no default branch.",
      "Name it with --onto. Nothing was changed.",
    );
  }
  const target = await findRevision(repo, ref);
  return target ? done({ branch: found, onto: { ref, oid: target.oid } }) : unknown(ref);
}

function unknown(name: string): Outcome<never> {
  return refused(
    "unknown-ref",
    `There is no branch or commit called ${name} here.`,
    "Check the name, or fetch it first. Nothing was changed.",
  );
}
