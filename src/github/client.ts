import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { Slug } from "../model/pull";

/** A signed-in line to one GitHub server. */
export type GitHub = Octokit;

const Client = Octokit.plugin(throttling, retry);
const longestWaitSeconds = 30;
const timeoutMs = 15_000;

/**
 * A client for `slug`'s server, or null when there is no token for it. A token goes only to the server it was given
 * for: GITHUB_TOKEN or GH_TOKEN to github.com (or GITHUB_API_URL, as Actions sets it), GH_ENTERPRISE_TOKEN to GH_HOST.
 * A repo's own settings decide none of that.
 */
export function gitHubFromEnvironment(slug: Slug, env: NodeJS.ProcessEnv): GitHub | null {
  const api = env.GITHUB_API_URL;
  const enterprise = env.GH_HOST?.toLowerCase() === slug.host;
  if (enterprise && env.GH_ENTERPRISE_TOKEN) {
    const said = hostOf(env.GITHUB_SERVER_URL) === slug.host ? api : undefined;
    return gitHub(env.GH_ENTERPRISE_TOKEN, said || apiOf(`https://${slug.host}`));
  }
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!token) return null;
  if (api) return hostOf(env.GITHUB_SERVER_URL) === slug.host ? gitHub(token, api) : null;
  return slug.host === "github.com" ? gitHub(token, apiOf("https://github.com")) : null;
}

/** Where the server at `uri` is asked: github.com and ghe.com beside it, an Enterprise Server below it. */
export function apiOf(uri: string): string {
  const { origin, hostname, protocol } = new URL(uri);
  if (hostname === "github.com" || hostname.endsWith(".ghe.com")) return `${protocol}//api.${hostname}`;
  return `${origin}/api/v3`;
}

/** A client that waits out short rate limits, tries once more what failed in passing, and gives up on the rest. */
export function gitHub(token: string, baseUrl: string, timeout = timeoutMs): GitHub {
  return new Client({
    auth: token,
    baseUrl,
    userAgent: "agent-foreman",
    // Octokit's own words would go to the console, where nobody looks and a command's output is.
    log: { debug() {}, info() {}, warn() {}, error() {} },
    throttle: {
      // What one server wants to wait is nothing to another.
      id: baseUrl,
      onRateLimit: (after, _options, _octokit, tries) => after <= longestWaitSeconds && tries < 1,
      onSecondaryRateLimit: (after, _options, _octokit, tries) => after <= longestWaitSeconds && tries < 1,
    },
    retry: { retries: 1 },
    request: {
      // Octokit knows no timeout of its own; each attempt gets one, the body included.
      fetch: (url: string, init: RequestInit) => {
        const limit = AbortSignal.timeout(timeout);
        return fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
      },
    },
  });
}

function hostOf(url: string | undefined): string | null {
  return url && URL.canParse(url) ? new URL(url).hostname.toLowerCase() : null;
}
