import * as v from "valibot";
import type { Repo } from "../../git/repo";
import { findRevision } from "../../git/revision";
import type { GitHub } from "../../github/client";
import { askReview } from "../../github/review/ask";
import { isInside } from "../../model/finding";
import { done, type Outcome } from "../../model/outcome";
import type { Slug } from "../../model/pull";
import type { PullReview, PullThread } from "../../model/pullReview";
import type { ReviewRun } from "../../model/verdict";
import { importFindings } from "../import";
import { findMark } from "../publish/marker";
import { readRuns } from "../store";
import { findingOf } from "./finding";

export interface RemarksRequest {
  readonly client: GitHub;
  readonly slug: Slug;
  readonly number: number;
  /** The branch that the pull request is made of, as it is called here. */
  readonly ref: string;
}

/** What was taken in, and what was passed over. */
export interface TakenRemarks {
  /** One for each reviewer and commit. */
  readonly runs: readonly ReviewRun[];
  /** Threads that somebody has resolved on GitHub. */
  readonly resolved: number;
  /** Threads that were taken in before. */
  readonly known: number;
}

/**
 * Takes in what reviewers say at the lines of a pull request, each thread once. Nobody's verdict is made up from it:
 * what is resolved on GitHub needs no decision and is passed over. Refused as GitHub refuses, and as `unknown-ref`.
 */
export async function takeRemarks(repo: Repo, request: RemarksRequest): Promise<Outcome<TakenRemarks>> {
  const { client, slug, number, ref } = request;
  const asked = await askReview(client, slug, number);
  if (!asked.ok) return asked;
  const before = await threadsTaken(repo);
  const others = asked.value.threads.filter((thread) => !isOwn(thread) && isInside(thread.path));
  const resolved = others.filter((thread) => thread.resolved).length;
  const open = others.filter((thread) => !thread.resolved);
  const fresh = open.filter(({ id }) => !before.has(id));
  const runs: ReviewRun[] = [];
  for (const group of await grouped(repo, fresh, asked.value)) {
    const run = await importFindings(repo, {
      ref,
      reviewer: group.reviewer,
      text: JSON.stringify({
        schemaVersion: 1,
        headSha: group.commit,
        reviewer: group.reviewer,
        findings: group.threads.map((thread) => findingOf(thread, group.commit)),
      }),
      remarks: true,
    });
    if (!run.ok) return run;
    runs.push(run.value);
  }
  return done({ runs, resolved, known: open.length - fresh.length });
}

interface Group {
  readonly reviewer: string;
  /** The commit that the remarks were made on; null where it is not here: then the branch as it is. */
  readonly commit: string | null;
  readonly threads: PullThread[];
}

async function grouped(repo: Repo, threads: readonly PullThread[], { head }: PullReview): Promise<Group[]> {
  const here = new Map<string, boolean>();
  const isHere = async (oid: string): Promise<boolean> => {
    const known = here.get(oid) ?? (await findRevision(repo, oid)) !== null;
    here.set(oid, known);
    return known;
  };
  const groups = new Map<string, Group>();
  for (const thread of threads) {
    const reviewer = thread.remarks[0]?.author ?? "ghost";
    const made = thread.originalCommit ?? head;
    const commit = (await isHere(made)) ? made : (await isHere(head)) ? head : null;
    const key = JSON.stringify([reviewer, commit]);
    const group = groups.get(key) ?? { reviewer, commit, threads: [] };
    group.threads.push(thread);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What we published ourselves is no news to us. */
function isOwn({ remarks: [first] }: PullThread): boolean {
  return first?.mine === true && findMark(first.body) !== null;
}

const sourceSchema = v.object({ source: v.object({ thread: v.string() }) });

async function threadsTaken(repo: Repo): Promise<Set<string>> {
  const findings = (await readRuns(repo.commonDir)).flatMap((run) => run.findings);
  return new Set(
    findings.flatMap((finding) => {
      const read = v.safeParse(sourceSchema, finding);
      return read.success ? [read.output.source.thread] : [];
    }),
  );
}
