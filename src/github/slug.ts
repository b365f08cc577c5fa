import type { Slug } from "../model/pull";
import { sshHost } from "./sshHost";

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
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/")
    .filter(Boolean);
  const ok = /^(?!\.+$)[\w.-]+$/;
  if (!host || !owner || !name || more.length > 0 || !ok.test(owner) || !ok.test(name)) return null;
  return { host: host.toLowerCase(), owner, name };
}

/** The same, with a name of the person's ssh settings turned into the host it stands for. */
export async function slugOf(url: string, sshConfig?: string): Promise<Slug | null> {
  const slug = parseSlug(url);
  if (!slug || slug.host === "github.com" || /^(https?|git):\/\//.test(url)) return slug;
  return { ...slug, host: await sshHost(slug.host, sshConfig) };
}

/** GitHub does not tell upper case from lower in names. */
export function sameRepo(slug: Slug, nameWithOwner: string | null): boolean {
  return nameWithOwner?.toLowerCase() === `${slug.owner}/${slug.name}`.toLowerCase();
}

function urlOf(text: string): URL | null {
  try {
    const url = new URL(text);
    return ["https:", "http:", "ssh:", "git:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
