import * as v from "valibot";
import { done, type Outcome } from "../model/outcome";
import type { Slug } from "../model/pull";
import { ask } from "./ask";
import { change } from "./change";
import type { GitHub } from "./client";
import { badAnswer, faultOf } from "./fault";

/** What a repo says about new pull requests. */
export interface PullGround {
  readonly repoId: string;
  /** The texts that its pull requests are to start from. */
  readonly templates: readonly string[];
}

const groundSchema = v.object({
  repository: v.object({
    id: v.string(),
    pullRequestTemplates: v.nullable(
      v.array(v.object({ body: v.nullable(v.pipe(v.string(), v.maxLength(100_000))) })),
    ),
  }),
});

export async function askGround(client: GitHub, { host, owner, name }: Slug): Promise<Outcome<PullGround>> {
  const question = `query ground($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { id pullRequestTemplates { body } }
  }`;
  try {
    const { data } = await ask(client, question, { owner, name });
    const read = v.safeParse(groundSchema, data);
    if (!read.success) return { ok: false, refusal: badAnswer(host).refusal };
    const { id, pullRequestTemplates } = read.output.repository;
    const templates = (pullRequestTemplates ?? []).flatMap(({ body }) => (body?.trim() ? [body] : []));
    return done({ repoId: id, templates });
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}

export interface NewPull {
  readonly repoId: string;
  readonly base: string;
  /** The branch, on a fork with its owner: `ann:csv`. */
  readonly head: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

const createdSchema = v.object({
  createPullRequest: v.object({
    pullRequest: v.object({ number: v.number(), url: v.pipe(v.string(), v.url(), v.regex(/^https?:/)) }),
  }),
});

export async function createPull(
  client: GitHub,
  host: string,
  pull: NewPull,
): Promise<Outcome<{ readonly number: number; readonly url: string }>> {
  const mutation = `mutation create($input: CreatePullRequestInput!) {
    createPullRequest(input: $input) { pullRequest { number url } }
  }`;
  const created = await change(client, host, mutation, {
    repositoryId: pull.repoId,
    baseRefName: pull.base,
    headRefName: pull.head,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
  });
  if (!created.ok) return created;
  const read = v.safeParse(createdSchema, created.value);
  return read.success
    ? done(read.output.createPullRequest.pullRequest)
    : { ok: false, refusal: badAnswer(host).refusal };
}
