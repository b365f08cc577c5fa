import type { Slug } from "../model/pull";

/**
 * Reads host, owner and name out of a remote's URL as `git remote get-url` prints it; null when it has another form.
 *
 *     https://github.com/acme/tracker.git      ssh://git@github.com:22/acme/tracker
 *     git@github.com:acme/tracker.git          https://user@ghe.example.com/acme/tracker/
 */
export function parseSlug(url: string): Slug | null {
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)\/?([^\s]+)$/.exec(url);
  const path = scp ? scp[2] : urlOf(url)?.pathname;
  const host = scp ? scp[1] : urlOf(url)?.hostname;
  const [owner, name, ...more] = (path ?? "")
    .replace(/\.git\/?$/, "")
    .split("/")
    .filter(Boolean);
  const ok = /^[\w.-]+$/;
  if (!host || !owner || !name || more.length > 0 || !ok.test(owner) || !ok.test(name)) return null;
  return { host: host.toLowerCase(), owner, name };
}

function urlOf(text: string): URL | null {
  try {
    const url = new URL(text);
    return ["https:", "http:", "ssh:", "git:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
