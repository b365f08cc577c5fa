import * as v from "valibot";
import type { PullText } from "../model/done";
import { done, type Outcome } from "../model/outcome";
import type { Slug } from "../model/pull";
import type { Oid } from "../model/worktree";
import { ask } from "./ask";
import type { GitHub } from "./client";
import { badAnswer, faultOf, faultOfMissing } from "./fault";

const question = `query words($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(headRefName: $branch, states: OPEN, first: 20) { nodes { number title body headRefOid } }
  }
}`;

const answer = v.object({
  repository: v.object({
    pullRequests: v.object({
      nodes: v.array(
        v.object({ number: v.number(), title: v.string(), body: v.string(), headRefOid: v.string() }),
      ),
    }),
  }),
});

const byNumber = `query words($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { number title body } }
}`;

const one = v.object({
  repository: v.object({
    pullRequest: v.object({ number: v.number(), title: v.string(), body: v.string() }),
  }),
});

/** What a pull request says at this moment. */
export async function askWordsOf(
  client: GitHub,
  { host, owner, name }: Slug,
  number: number,
): Promise<Outcome<PullText>> {
  try {
    const { data, errors } = await ask(client, byNumber, { owner, name, number });
    if (errors.length > 0) return { ok: false, refusal: faultOfMissing(errors, host, true).refusal };
    const read = v.safeParse(one, data);
    return read.success
      ? done(read.output.repository.pullRequest)
      : { ok: false, refusal: badAnswer(host).refusal };
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}

/** What the open pull request of a branch says; null: it has none. One of a fork's branch of that name is none of it. */
export async function askPullWords(
  client: GitHub,
  { host, owner, name }: Slug,
  branch: string,
  isOurs: (head: Oid) => Promise<boolean>,
): Promise<Outcome<PullText | null>> {
  try {
    const { data, errors } = await ask(client, question, { owner, name, branch });
    if (errors.length > 0) return { ok: false, refusal: faultOfMissing(errors, host, true).refusal };
    const read = v.safeParse(answer, data);
    if (!read.success) return { ok: false, refusal: badAnswer(host).refusal };
    for (const { number, title, body, headRefOid } of read.output.repository.pullRequests.nodes)
      if (await isOurs(headRefOid)) return done({ number, title, body });
    return done(null);
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}
