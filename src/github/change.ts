import { done, type Outcome, refused } from "../model/outcome";
import { ask, type GraphError } from "./ask";
import type { GitHub } from "./client";
import { faultOf } from "./fault";

/** Has GitHub change something, once. Refused as faultOf refuses, or as `github-refused` with GitHub's own words. */
export async function change(
  client: GitHub,
  host: string,
  mutation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Outcome<unknown>> {
  try {
    const { data, errors } = await ask(client, mutation, { input }, { once: true });
    const [error] = errors;
    return error ? refusal(error, host) : done(data);
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}

function refusal({ type, message }: GraphError, host: string): Outcome<never> {
  const words = message.slice(0, 300).replace(/[.\s]+$/, "");
  if (type === "FORBIDDEN")
    return refused(
      "github-forbidden",
      `This sign-in may not do that on ${host}: ${words}.`,
      "Nothing was changed. Sign in with an account, or a token, that has the rights to this repo.",
    );
  return refused(
    "github-refused",
    `${host} refused: ${words}.`,
    "Nothing was changed. Refresh, then try again.",
  );
}
