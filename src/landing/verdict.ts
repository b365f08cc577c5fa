import type { MergedPull } from "../model/pull";
import type { Landed, Oid } from "../model/worktree";
import type { Facts } from "./facts";

/** What else the caller knows of a head. */
export interface Evidence {
  /** The commit that its branch is recorded to have started from. */
  readonly base?: Oid | undefined;
  readonly pulls?: readonly MergedPull[] | undefined;
  /** The head was committed on its own branch, and the target forwarded to it. */
  readonly forwarded?: boolean;
}

/** The facts in one word. Doubt is never `landed`: that word offers the worktree for removal. */
export function verdictOn(head: Oid, facts: Facts | undefined, { base, pulls, forwarded }: Evidence): Landed {
  if (facts === undefined) {
    return {
      state: "unknown",
      why: "Its history is not here in full, or has nothing in common with the target.",
    };
  }
  switch (facts.kind) {
    case "on-line": {
      if (base === head) return { state: "empty" };
      if (forwarded) return { state: "landed", how: "ancestor", as: [head] };
      // Made from the target and not touched, pulled, or merged by fast-forward: then only a pull request tells.
      const pull = base ? pulls?.find((merged) => merged.head === head) : undefined;
      return pull ? { state: "landed", how: "pull-request", as: [pull.mergeCommit] } : { state: "empty" };
    }
    case "merged":
      if (base === head) return { state: "empty" };
      if (facts.standing) return { state: "landed", how: "ancestor", as: [facts.as] };
      return { state: "open", own: facts.own };
    case "own": {
      const missing = facts.commits.filter(({ fate }) => fate === "open" || fate === "reverted").length;
      const landed = facts.commits.filter(({ fate }) => fate === "landed");
      if (missing + facts.resolutions.length > 0) {
        return { state: "open", own: missing + facts.resolutions.length };
      }
      if (landed.length > 0) {
        const as = [...new Set(landed.flatMap(({ landedAs }) => landedAs ?? []))];
        return { state: "landed", how: facts.how, as };
      }
      return facts.commits.length === 0 ? { state: "empty" } : { state: "open", own: facts.commits.length };
    }
  }
}
