import * as v from "valibot";
import type { Refusal } from "../model/outcome";
import type { PullRequest, Slug } from "../model/pull";
import { ask, type GraphAnswer, type GraphError } from "./ask";
import type { GitHub } from "./client";
import { badAnswer, type Fault, faultOf, faultOfMissing } from "./fault";
import { briefSchema, pullSchema } from "./pullAnswer";
import { mostBranches, pullsQuery } from "./pullQuery";

/** How much GitHub lets this account ask in an hour, shared with all its other programs. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  /** ISO. */
  readonly resetAt: string;
}

/** What one round brought. What was asked and did not come is null, never empty. */
export interface PullsAnswer {
  readonly open: readonly PullRequest[];
  /** False: there are more open ones than came. */
  readonly complete: boolean;
  readonly openTotal: number;
  /** By branch: the last pull requests from branches of that name, the newest first. */
  readonly named: ReadonlyMap<string, readonly PullRequest[] | null>;
  readonly quota: Quota | null;
  readonly calls: number;
  /** Why a part is missing. */
  readonly partial: Refusal | null;
}

export type Asked =
  | { readonly ok: true; readonly value: PullsAnswer }
  | { readonly ok: false; readonly fault: Fault };

const mostPages = 3;

const answerSchema = v.object({
  rateLimit: v.nullish(
    v.object({
      limit: v.number(),
      remaining: v.number(),
      resetAt: v.pipe(v.string(), v.isoTimestamp()),
    }),
  ),
  repository: v.nullable(v.record(v.string(), v.unknown())),
});
const pageSchema = v.object({
  totalCount: v.pipe(v.number(), v.integer(), v.minValue(0)),
  pageInfo: v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) }),
  nodes: v.array(v.nullable(pullSchema)),
});
const namedSchema = v.object({ nodes: v.array(v.nullable(briefSchema)) });

/** Asks for a repo's open pull requests and for those that came from these branches: one call where it fits into one. */
export async function askPulls(
  client: GitHub,
  slug: Slug,
  branches: readonly string[],
  signal?: AbortSignal,
): Promise<Asked> {
  const open = new Map<number, PullRequest>();
  const named = new Map<string, readonly PullRequest[] | null>();
  let openTotal = 0;
  let quota: Quota | null = null;
  let partial: Refusal | null = null;
  let after: string | null = null;
  for (let calls = 1, next = 0; ; calls++) {
    const names = branches.slice(next, next + mostBranches);
    next += names.length;
    const asked = await askPage(client, slug, names, after, signal);
    if (!asked.ok) return asked;
    const { page, repository, errors } = asked.value;
    if (errors.length > 0) partial = partialRefusal(slug.host, errors);
    quota = asked.value.quota ?? quota;
    openTotal = page.totalCount;
    const called = namer(slug, repository.nameWithOwner);
    for (const [index, pull] of page.nodes.entries())
      if (pull) open.set(pull.number, called(seen(pull, index, errors)));
    for (const [index, name] of names.entries()) {
      const read = v.safeParse(namedSchema, repository[`b${index}`]);
      named.set(
        name,
        read.success && read.output.nodes.every(present) ? read.output.nodes.map(called) : null,
      );
    }
    const more = page.pageInfo.hasNextPage && calls < mostPages;
    if (page.pageInfo.hasNextPage) after = page.pageInfo.endCursor;
    if (more || next < branches.length) continue;
    const complete = open.size >= openTotal;
    return {
      ok: true,
      value: { open: [...open.values()], complete, openTotal, named, quota, calls, partial },
    };
  }
}

interface Page {
  readonly page: v.InferOutput<typeof pageSchema>;
  readonly repository: Readonly<Record<string, unknown>>;
  readonly quota: Quota | null;
  readonly errors: readonly GraphError[];
}

async function askPage(
  client: GitHub,
  slug: Slug,
  names: readonly string[],
  after: string | null,
  signal: AbortSignal | undefined,
): Promise<{ ok: true; value: Page } | { ok: false; fault: Fault }> {
  const { host, owner, name } = slug;
  const variables = Object.fromEntries(names.map((each, i) => [`b${i}`, each]));
  let answer: GraphAnswer;
  try {
    answer = await ask(client, pullsQuery(names.length), { owner, name, after, ...variables }, { signal });
  } catch (error) {
    return { ok: false, fault: faultOf(error, host) };
  }
  const read = v.safeParse(answerSchema, answer.data);
  if (!read.success) return { ok: false, fault: badAnswer(host) };
  const { repository, rateLimit } = read.output;
  if (!repository) return { ok: false, fault: faultOfMissing(answer.errors, host) };
  const page = v.safeParse(pageSchema, repository.open);
  if (!page.success) return { ok: false, fault: badAnswer(host) };
  return {
    ok: true,
    value: { page: page.output, repository, quota: rateLimit ?? null, errors: answer.errors },
  };
}

/** GitHub still finds a repo that was renamed; what comes from it is called as this repo's remote calls it. */
function namer({ owner, name }: Slug, now: unknown): (pull: PullRequest) => PullRequest {
  const repo = typeof now === "string" ? now.toLowerCase() : null;
  return (pull) => (pull.from?.toLowerCase() === repo ? { ...pull, from: `${owner}/${name}` } : pull);
}

/** Checks that this sign-in may not see come as if there were none, with an error beside them. */
function seen(pull: PullRequest, index: number, errors: readonly GraphError[]): PullRequest {
  const blind = errors.some(
    ({ path }) => path[1] === "open" && path[3] === index && path.includes("statusCheckRollup"),
  );
  return blind ? { ...pull, checks: { ...pull.checks, state: "unknown" } } : pull;
}

function present<T>(value: T | null): value is T {
  return value !== null;
}

function partialRefusal(host: string, errors: readonly GraphError[]): Refusal {
  const message = `${host} answered only a part of what was asked.`;
  const known = "For the rest, what was last known is shown.";
  const hint = errors.some(({ type }) => type === "FORBIDDEN")
    ? `${known} This sign-in may not see it: a token of your own making needs to read pull requests, checks and commit statuses.`
    : `${known} Ask again later.`;
  return { code: "github-partial", message, hint };
}
