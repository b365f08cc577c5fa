import type { GitHub } from "./client";

/** What GitHub answered to a GraphQL question: some of it may be missing, and `errors` then says why. */
export interface GraphAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphError[];
}

export interface GraphError {
  /** For example NOT_FOUND or FORBIDDEN. */
  readonly type?: string | undefined;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** It changes something, so that asking again could do it twice. */
  readonly once?: boolean;
}

/** Asks by GraphQL. Throws Octokit's errors where there is no answer at all; `faultOf` reads them. */
export async function ask(
  client: GitHub,
  question: string,
  variables: Readonly<Record<string, unknown>>,
  { signal, once = false }: AskOptions = {},
): Promise<GraphAnswer> {
  const request = { ...(signal ? { signal } : {}), ...(once ? { retries: 0 } : {}) };
  try {
    return { data: await client.graphql(question, { ...variables, request }), errors: [] };
  } catch (error) {
    const { name, data, errors } = error as { name?: string; data?: unknown; errors?: unknown };
    if (name !== "GraphqlResponseError" || !data || !Array.isArray(errors)) throw error;
    return { data, errors: errors.map(readError) };
  }
}

function readError(error: unknown): GraphError {
  const { type, message, path } = (error ?? {}) as { type?: unknown; message?: unknown; path?: unknown };
  return {
    type: typeof type === "string" ? type : undefined,
    message: typeof message === "string" ? message : "it did not say why",
    path: Array.isArray(path) ? path : [],
  };
}
