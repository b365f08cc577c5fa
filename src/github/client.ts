import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { Slug } from "../model/pull";

/** A signed-in line to one GitHub server. */
export type GitHub = Octokit;

const Client = Octokit.plugin(throttling, retry);
const longestWaitSeconds = 30;

/**
 * A client for `slug`'s server, or null when there is no token for it. A token goes only to the server it was given
 * for: GITHUB_TOKEN or GH_TOKEN to github.com (or GITHUB_API_URL, as Actions sets it), GH_ENTERPRISE_TOKEN to GH_HOST.
 * A repo's own settings decide none of that.
 */
export function gitHubFromEnvironment(slug: Slug, env: NodeJS.ProcessEnv): GitHub | null {
  const api = env.GITHUB_API_URL;
  const enterprise = env.GH_HOST?.toLowerCase() === slug.host;
  if (enterprise && env.GH_ENTERPRISE_TOKEN) {
    return gitHub(env.GH_ENTERPRISE_TOKEN, api ?? `https://${slug.host}/api/v3`);
  }
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!token) return null;
  if (api) return hostOf(env.GITHUB_SERVER_URL) === slug.host ? gitHub(token, api) : null;
  return slug.host === "github.com" ? gitHub(token, "https://api.github.com") : null;
}

/** A client that waits out short rate limits, tries again what failed in passing, and gives up on the rest. */
export function gitHub(token: string, baseUrl: string): GitHub {
  return new Client({
    auth: token,
    baseUrl,
    userAgent: "agent-foreman",
    // Octokit's own words would go to the console, where nobody looks and a command's output is.
    log: { debug() {}, info() {}, warn() {}, error() {} },
    throttle: {
      onRateLimit: (after, _options, _octokit, tries) => after <= longestWaitSeconds && tries < 1,
      onSecondaryRateLimit: (after, _options, _octokit, tries) => after <= longestWaitSeconds && tries < 1,
    },
    request: { timeout: 15_000 },
  });
}

function hostOf(url: string | undefined): string | null {
  return url && URL.canParse(url) ? new URL(url).hostname.toLowerCase() : null;
}
