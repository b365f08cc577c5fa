import type { Fault } from "../github/fault";
import type { PullsAnswer, Quota } from "../github/pulls";
import type { Refusal } from "../model/outcome";
import type { PullFact, PullRequest, Slug } from "../model/pull";
import type { WorktreeEntry } from "../model/worktree";
import { type Line, type PushedBranch, whosePull } from "./whosePull";

/** How it stands between this repo and its GitHub. */
export interface GitHubState {
  readonly slug: Slug;
  /** Nobody is signed in there; nothing was asked. */
  readonly signedOut: boolean;
  /** When the last answer came (ISO); null: none yet. */
  readonly askedAt: string | null;
  /** Why the last round brought nothing, or not all; what is shown is then older. */
  readonly problem: Refusal | null;
  readonly failures: number;
  readonly waitMs: number | null;
  readonly calls: number;
  readonly quota: Quota | null;
}

/** A pull request, and since when it is only remembered (ISO); null: it is as of the last answer. */
export interface KnownPull<P = PullRequest> {
  readonly pull: P;
  readonly asOf: string | null;
}

/** All that is known of a repo's pull requests; what a round does not bring stays, with its age. */
export interface PullState {
  /** Null: the repo is on no GitHub, or it was not asked for. */
  readonly github: GitHubState | null;
  readonly open: readonly KnownPull[];
  /** Open ones in all, where they are too many to be listed. */
  readonly openTotal: number;
  /** By local branch; `pull` null: it has none. */
  readonly byBranch: ReadonlyMap<string, KnownPull<PullRequest | null>>;
  /** Those that ended, by name or by commit some branch's: evidence for what has landed. */
  readonly ended: readonly PullRequest[];
}

export const noPulls: PullState = {
  github: null,
  open: [],
  openTotal: 0,
  byBranch: new Map(),
  ended: [],
};

export function withoutSignIn(before: PullState, slug: Slug, at: string): PullState {
  return { ...remembered(before, slug, at), github: { ...fresh(before, slug), signedOut: true } };
}

/** What was known, as no more than that; nothing of another repo. */
function remembered(before: PullState, slug: Slug, at: string): PullState {
  if (!isOf(before, slug)) return noPulls;
  const asOf = before.github?.askedAt ?? at;
  return {
    ...before,
    open: before.open.map((known) => aged(known, asOf)),
    byBranch: new Map([...before.byBranch].map(([branch, known]) => [branch, aged(known, asOf)])),
  };
}

function isOf({ github }: PullState, slug: Slug): boolean {
  return JSON.stringify(github?.slug) === JSON.stringify(slug);
}

export function withFault(before: PullState, slug: Slug, fault: Fault, at: string): PullState {
  const github = fresh(before, slug);
  return {
    ...remembered(before, slug, at),
    github: {
      ...github,
      problem: fault.refusal,
      failures: github.failures + 1,
      waitMs: fault.waitMs,
    },
  };
}

/** GitHub says that nothing was touched since the last answer. */
export function withSame(before: PullState, at: string): PullState {
  if (!before.github) return before;
  return { ...before, github: { ...before.github, askedAt: at, calls: 1 } };
}

export function withAnswer(
  last: PullState,
  slug: Slug,
  answer: PullsAnswer,
  branches: readonly (PushedBranch & { readonly line: Line })[],
  at: string,
): PullState {
  const before = isOf(last, slug) ? last : noPulls;
  const asOf = fresh(before, slug).askedAt ?? at;
  const old = new Map(
    [...before.open, ...before.byBranch.values()].flatMap(({ pull }) =>
      pull ? [[pull.number, pull] as const] : [],
    ),
  );
  const kept = <P extends PullRequest | null>(pull: P): P => {
    const known = pull && old.get(pull.number);
    return known && JSON.stringify(known) === JSON.stringify(pull) ? (known as P) : pull;
  };
  const open: KnownPull[] = answer.open.map((pull) => ({ pull: kept(pull), asOf: null }));
  const came = new Set(open.map(({ pull }) => pull.number));
  const named = new Set(
    [...answer.named.values()].flatMap((pulls) => pulls ?? []).map(({ number }) => number),
  );
  if (!answer.complete)
    for (const known of before.open)
      if (!came.has(known.pull.number) && !named.has(known.pull.number)) open.push(aged(known, asOf));

  const byBranch = new Map<string, KnownPull<PullRequest | null>>();
  for (const each of branches) {
    const pull = whosePull(each, each.line, answer.open, answer.named.get(each.name));
    const known = before.byBranch.get(each.branch);
    if (pull !== undefined) byBranch.set(each.branch, { pull: kept(pull), asOf: null });
    else if (known) byBranch.set(each.branch, aged(known, asOf));
  }
  const ended = [...answer.named.values()]
    .flatMap((pulls) => pulls ?? [])
    .filter(({ state }) => state !== "open");
  return {
    github: {
      slug,
      signedOut: false,
      askedAt: at,
      problem: answer.partial,
      failures: 0,
      waitMs: null,
      calls: answer.calls,
      quota: answer.quota,
    },
    open,
    openTotal: answer.openTotal,
    byBranch,
    ended,
  };
}

export function pullFact({ byBranch }: PullState, { branch, head }: WorktreeEntry): PullFact | null {
  const known = branch === null ? undefined : byBranch.get(branch);
  if (!known) return null;
  const { pull, asOf } = known;
  return { pull, asOf, outlived: pull?.state === "merged" && pull.head !== head };
}

/** The open pull requests that no worktree has. */
export function withoutWorktree({ byBranch, open }: PullState): PullState["open"] {
  const here = new Set([...byBranch.values()].map(({ pull }) => pull?.number));
  return open.filter(({ pull }) => !here.has(pull.number));
}

function fresh(before: PullState, slug: Slug): GitHubState {
  const known = isOf(before, slug) ? before.github : null;
  return {
    slug,
    signedOut: false,
    askedAt: known?.askedAt ?? null,
    problem: null,
    failures: known?.failures ?? 0,
    waitMs: null,
    calls: known?.calls ?? 0,
    quota: known?.quota ?? null,
  };
}

function aged<K extends KnownPull<PullRequest | null>>(known: K, asOf: string): K {
  return known.asOf === null ? { ...known, asOf } : known;
}
