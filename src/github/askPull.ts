import * as v from "valibot";
import { done, type Outcome } from "../model/outcome";
import type { MergeMethod, PullRequest, Slug } from "../model/pull";
import { ask } from "./ask";
import type { GitHub } from "./client";
import { badAnswer, faultOf, faultOfMissing } from "./fault";
import { pullSchema } from "./pullAnswer";
import { pullQuery } from "./pullQuery";

/** A pull request as it is at this moment, and what its repo allows. */
export interface Fresh {
  readonly pull: PullRequest;
  readonly repoId: string;
  readonly autoMergeAllowed: boolean;
  /** The ways of merging that the repo allows, the one that agents' branches are best landed with first. */
  readonly methods: readonly MergeMethod[];
}

const schema = v.object({
  repository: v.object({
    id: v.string(),
    autoMergeAllowed: v.boolean(),
    squashMergeAllowed: v.boolean(),
    mergeCommitAllowed: v.boolean(),
    rebaseMergeAllowed: v.boolean(),
    pullRequest: pullSchema,
  }),
});

/** Asks for one pull request before something is done to it. */
export async function askPull(client: GitHub, slug: Slug, number: number): Promise<Outcome<Fresh>> {
  const { host, owner, name } = slug;
  try {
    const { data, errors } = await ask(client, pullQuery, { owner, name, number });
    if (errors.length > 0) return { ok: false, refusal: faultOfMissing(errors, host, true).refusal };
    const read = v.safeParse(schema, data);
    if (!read.success) return { ok: false, refusal: badAnswer(host).refusal };
    const { pullRequest: pull, ...repo } = read.output.repository;
    const methods: MergeMethod[] = [];
    if (repo.squashMergeAllowed) methods.push("squash");
    if (repo.mergeCommitAllowed) methods.push("merge");
    if (repo.rebaseMergeAllowed) methods.push("rebase");
    return done({ pull, repoId: repo.id, autoMergeAllowed: repo.autoMergeAllowed, methods });
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}
