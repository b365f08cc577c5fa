import type { Refusal } from "../model/outcome";
import type { GraphError } from "./ask";

/** Why GitHub could not be asked, and how long to leave it in peace. */
export interface Fault {
  readonly refusal: Refusal;
  /** Milliseconds from the answer on that GitHub itself asked for; null: it named no time. */
  readonly waitMs: number | null;
}

const kept = "What is shown is what was last known.";
const untouched = "Nothing was changed.";
const unsure = "Whether it was done is not known; the next answer shows it.";

/**
 * Reads what was thrown while asking, or (`doing`) while something was to be changed. Judged by status and headers;
 * GitHub's own words are only quoted.
 */
export function faultOf(thrown: unknown, host: string, doing = false): Fault {
  const { status, headers, said, types } = read(thrown);
  const wait = waitOf(headers);
  const safe = !doing ? kept : status === null || status >= 500 ? unsure : untouched;
  const fault = (code: string, message: string, hint: string): Fault => ({
    refusal: { code: `github-${code}`, message, hint: `${safe} ${hint}` },
    waitMs: wait,
  });
  if (isLimited(status, headers, types)) {
    const until = wait === null ? "a while" : minutes(wait);
    return fault(
      "limited",
      `${host} takes no more questions for now.`,
      doing ? `Try again in ${until}.` : `It is asked again in ${until}, by itself.`,
    );
  }
  switch (status) {
    case 401:
      return fault("signed-out", `${host} does not accept the sign-in any more.`, "Sign in to GitHub again.");
    case 403:
      if (headers["x-github-sso"] !== undefined)
        return fault(
          "sso",
          "The organisation wants its single sign-on for this sign-in.",
          "Authorise it in your GitHub settings, then sign in again.",
        );
      return fault(
        "forbidden",
        `This sign-in may not do that on ${host}.`,
        "Sign in with an account, or a token, that has the rights to this repo.",
      );
    case 404:
      return fault(
        "not-found",
        `${host} knows no such repo, or this account may not see it.`,
        "Check the remote's address and which account is signed in.",
      );
    case 409:
      return fault("conflict", `Something changed on ${host} at that moment.`, "Refresh, then try again.");
    case 422:
      return fault("refused", `${host} refused: ${said}.`, "Put that right, then try again.");
    case null:
      return isTimeout(thrown)
        ? fault("timeout", `${host} did not answer in time.`, again(doing))
        : fault("offline", `${host} could not be reached.`, `Check the network. ${again(doing)}`);
  }
  return fault("trouble", `${host} has trouble (${status}).`, again(doing));
}

/** What was asked for is not there; the errors beside say whether it may not be seen. */
export function faultOfMissing(errors: readonly GraphError[], host: string, doing = false): Fault {
  const status = errors.some(({ type }) => type === "FORBIDDEN") ? 403 : 404;
  return faultOf({ status, response: { headers: {} } }, host, doing);
}

/** What came is not what GitHub promises: cut off, a login page of some network, a fault of ours. */
export function badAnswer(host: string): Fault {
  const message = `What ${host} answered could not be read.`;
  const hint = `${kept} A proxy or a login page may be in between; it is asked again by itself.`;
  return { refusal: { code: "github-bad-answer", message, hint }, waitMs: null };
}

function again(doing: boolean): string {
  return doing ? "Then try again if it was not." : "It is asked again by itself.";
}

interface Read {
  /** Null: no answer came. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly said: string;
  readonly types: readonly unknown[];
}

function read(thrown: unknown): Read {
  const error = (thrown ?? {}) as {
    status?: unknown;
    message?: unknown;
    headers?: Read["headers"];
    response?: { headers?: Read["headers"]; data?: { errors?: unknown; message?: unknown } };
    errors?: unknown;
  };
  const errors = error.errors ?? error.response?.data?.errors;
  const list = Array.isArray(errors) ? errors : [];
  const first: unknown = list.map((each) => (each as { message?: unknown } | null)?.message).find(Boolean);
  const said = first ?? error.response?.data?.message ?? error.message;
  // Octokit calls every failure of the network a 500; only those that have an answer are one.
  const answered = error.response !== undefined || error.headers !== undefined;
  return {
    status: answered && typeof error.status === "number" ? error.status : answered ? 200 : null,
    headers: error.response?.headers ?? error.headers ?? {},
    said: typeof said === "string" ? said.slice(0, 300).replace(/[.\s]+$/, "") : "it did not say why",
    types: list.map((each) => (each as { type?: unknown } | null)?.type),
  };
}

function isLimited(status: number | null, headers: Read["headers"], types: readonly unknown[]): boolean {
  if (types.includes("RATE_LIMITED") || status === 429) return true;
  return status === 403 && (headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined);
}

/** The wait that GitHub names. Its clock is compared with its own, as ours may go wrong. */
function waitOf(headers: Read["headers"]): number | null {
  const after = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && after >= 0) return after * 1000;
  if (headers["x-ratelimit-remaining"] !== "0") return null;
  const wait = Number(headers["x-ratelimit-reset"]) * 1000 - Date.parse(headers.date ?? "");
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, hour) : null;
}

const hour = 3_600_000;

function minutes(ms: number): string {
  const count = Math.max(1, Math.ceil(ms / 60_000));
  return count === 1 ? "a minute" : `${count} minutes`;
}

function isTimeout(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; error && depth < 5; depth++) {
    const { name, cause } = error as { name?: string; cause?: unknown };
    if (name === "TimeoutError" || name === "AbortError") return true;
    error = cause;
  }
  return false;
}
