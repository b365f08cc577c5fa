import { setTimeout as sleep } from "node:timers/promises";
import { fetchBranch, lastProgress, trackingRef } from "../git/fetch";
import { listRefs } from "../git/listRefs";
import { askRemote } from "../git/lsRemote";
import { withoutPasswords } from "../git/redact";
import type { Repo } from "../git/repo";
import type { GitOptions } from "../git/run";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { ago, lastFetched } from "./freshness";

/** Where a worktree will start. */
export interface DecidedBase {
  /** Full name; an object id where no ref was named. */
  readonly ref: string;
  /** Null: whatever the ref is at when it is used, for it was just fetched. */
  readonly oid: Oid | null;
  readonly fetchedAt: string | null;
  /** Sentences that the person should see. */
  readonly notes: readonly string[];
}

/** What to fetch. `branch` null: the remote's default, which this repo does not know yet. */
export interface From {
  readonly remote: string;
  readonly branch: string | null;
  /** A person named it; otherwise it is what this repo holds for the remote's default, which may have changed. */
  readonly named: boolean;
}

export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: string) => void;
  /** Milliseconds; 20,000 unless given. */
  readonly fetchTimeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the ref before it is fetched into. */
  readonly onFetch?: (ref: string) => Promise<void>;
}

type Known = { readonly ref: string; readonly oid: Oid } | null;

// Two fetches at once may fail on each other's ref lock.
const attempts = 4;

/**
 * Brings one branch of a remote up to date, and asks in parallel what the remote's default branch is and whether it
 * has the new branch already (null: it may). `from.branch` null: the default branch, whatever it is.
 * Refused as `fetch-failed`, `fetch-timeout`, `cancelled`, `branch-on-remote`, `unknown-base` or `no-target`.
 */
export async function fetchBase(
  repo: Repo,
  from: From,
  known: Known,
  newBranch: string | null,
  options: FetchOptions,
): Promise<Outcome<DecidedBase>> {
  const timeoutMs = options.fetchTimeoutMs ?? 20_000;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const git = gitOptions({ ...options, signal });
  const { remote } = from;
  const failed = async (words: string) => {
    if (options.signal?.aborted) return cancelled();
    return notFetched(repo, remote, known, timeout.aborted ? timeoutMs : null, words);
  };

  let { branch } = from;
  let words = "";
  const notes: string[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (attempt > 1) await sleep(30 * attempt * Math.random());
    options.onProgress?.(`Fetching ${remote}${branch === null ? "" : `/${branch}`}`);
    if (branch !== null) await options.onFetch?.(trackingRef({ remote, branch }));
    const [fetched, asked] = await Promise.all([
      branch === null ? null : fetchBranch(repo, { remote, branch }, withProgress(git, options)),
      askRemote(
        repo,
        remote,
        [newBranch, branch].filter((each) => each !== null),
        git,
      ),
    ]);
    if (signal.aborted || asked === null) return failed(fetched?.stderr ?? "");
    if (newBranch !== null && asked.oids.has(`refs/heads/${newBranch}`))
      return branchOnRemote(remote, newBranch);
    const now = asked.defaultBranch;
    if (!from.named && now !== null && now !== branch) {
      if (branch !== null) notes.push(renamed(remote, branch, now));
      branch = now;
      continue;
    }
    if (branch === null || fetched === null) return noDefault(remote);
    const ref = trackingRef({ remote, branch });
    const tip = asked.oids.get(`refs/heads/${branch}`);
    if (fetched.exitCode === 0 || (tip !== undefined && (await listRefs(repo, [ref])).get(ref) === tip))
      return done({ ref, oid: null, fetchedAt: new Date().toISOString(), notes });
    if (tip === undefined) return noBranch(remote, branch);
    words = fetched.stderr;
  }
  return failed(words);
}

/** Whether a remote has a branch; null when it does not say within five seconds. Throws the signal's reason. */
export async function hasBranch(
  repo: Repo,
  remote: string,
  branch: string,
  options: FetchOptions,
): Promise<boolean | null> {
  const timeoutMs = Math.min(options.fetchTimeoutMs ?? 5_000, 5_000);
  const asked = await askRemote(repo, remote, [branch], { ...gitOptions(options), timeoutMs });
  options.signal?.throwIfAborted();
  return asked?.oids.has(`refs/heads/${branch}`) ?? null;
}

function gitOptions({ signal, env }: FetchOptions): GitOptions {
  return { ...(signal ? { signal } : {}), ...(env ? { env } : {}) };
}

function withProgress(git: GitOptions, { onProgress }: FetchOptions): GitOptions {
  if (!onProgress) return git;
  const onStderr = (text: string) => {
    const step = lastProgress(text);
    if (step !== null) onProgress(step);
  };
  return { ...git, onStderr };
}

function renamed(remote: string, before: string, now: string): string {
  return `The default branch of ${remote} is now ${now}, no longer ${before}. To make this repo follow it: git remote set-head ${remote} --auto`;
}

export function cancelled(): Outcome<never> {
  return refused("cancelled", "The new worktree was cancelled.", "Nothing was made.");
}

function noDefault(remote: string): Outcome<never> {
  return refused(
    "no-target",
    `${remote} has no default branch yet (it is empty, or does not tell).`,
    "Push a first branch, or name a local branch as the base. Nothing was made.",
  );
}

function noBranch(remote: string, branch: string): Outcome<never> {
  return refused(
    "unknown-base",
    `${remote} has no branch ${branch}.`,
    "Check the name, or leave it out to start from the default branch. Nothing was made.",
  );
}

export function branchOnRemote(remote: string, branch: string): Outcome<never> {
  return refused(
    "branch-on-remote",
    `${remote} already has a branch ${branch}, with commits that a new worktree would not have.`,
    `Choose another name, or check that branch out: git fetch ${remote} ${branch}. Nothing was made.`,
  );
}

async function notFetched(
  repo: Repo,
  remote: string,
  known: Known,
  timedOutMs: number | null,
  words: string,
): Promise<Outcome<never>> {
  const what =
    timedOutMs === null
      ? `${remote} could not be fetched`
      : `${remote} did not answer within ${Math.round(timedOutMs / 1000)} seconds`;
  const code = timedOutMs === null ? "fetch-failed" : "fetch-timeout";
  const message = `${what}, so whether the base is up to date is not known.${gitsReason(words)}`;
  if (known === null)
    return refused(code, message, `Nothing of ${remote} is known here yet. Nothing was made.`);
  const at = await lastFetched(repo, known.ref, known.oid);
  const age = at === null ? "nobody knows when it was fetched" : `it was fetched ${ago(at)} (${at})`;
  const short = known.ref.replace("refs/remotes/", "");
  return refused(
    code,
    message,
    `Try again, or go on offline from ${short} as known here: ${known.oid.slice(0, 8)}, ${age}. Nothing was made.`,
  );
}

/** The line in which git says why, without any password that an address may hold. */
function gitsReason(stderr: string): string {
  const line = stderr.split("\n").find((text) => /^(fatal|error|ssh): /.test(text)) ?? "";
  const safe = withoutPasswords(line).slice(0, 300);
  return safe === "" ? "" : ` Git says: ${safe.replace(/[.\s]+$/, "")}.`;
}
