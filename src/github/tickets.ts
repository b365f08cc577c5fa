import * as v from "valibot";
import type { Ticket } from "../model/done";
import { done, type Outcome } from "../model/outcome";
import type { Slug } from "../model/pull";
import { ask } from "./ask";
import type { GitHub } from "./client";
import { badAnswer, faultOf, faultOfMissing } from "./fault";

// A change that names more is about none of them.
const most = 30;

const answer = v.object({
  repository: v.record(
    v.string(),
    v.nullable(
      v.object({ url: v.optional(v.pipe(v.string(), v.regex(/^https?:/))), body: v.optional(v.string()) }),
    ),
  ),
});

/** Some tickets by number; null for a number that is none: there is no such, or it is a pull request. */
export async function askTickets(
  client: GitHub,
  { host, owner, name }: Slug,
  numbers: readonly number[],
): Promise<Outcome<ReadonlyMap<number, Ticket | null>>> {
  const asked = numbers.slice(0, most);
  if (asked.length === 0) return done(new Map());
  const parts = asked.map((n) => `t${n}: issueOrPullRequest(number: ${n}) { ... on Issue { url body } }`);
  const question = `query tickets($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${parts.join("\n    ")}
  }
}`;
  try {
    const { data, errors } = await ask(client, question, { owner, name });
    const read = v.safeParse(answer, data);
    // A number that there is not comes as null with an error beside it.
    const blind = errors.some(({ type, path }) => type !== "NOT_FOUND" || path.length < 2);
    if (blind) return { ok: false, refusal: faultOfMissing(errors, host, true).refusal };
    if (!read.success) return { ok: false, refusal: badAnswer(host).refusal };
    const found = asked.map((number): [number, Ticket | null] => {
      const { url, body } = read.output.repository[`t${number}`] ?? {};
      return [number, url === undefined || body === undefined ? null : { number, url, body }];
    });
    return done(new Map(found));
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}
