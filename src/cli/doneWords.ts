import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { findPullPlace, type PullPlace } from "../fleet/pullPlace";
import { chooseTarget, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { findRevision, isAncestor } from "../git/revision";
import type { PullText, Ticket } from "../model/done";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";

const event = v.object({
  pull_request: v.object({ number: v.number(), title: v.string(), body: v.nullable(v.string()) }),
});

/** What the pull request says that a workflow runs for, as GitHub wrote it down for the run; null outside of one. */
export async function eventWords(env: NodeJS.ProcessEnv): Promise<PullText | null> {
  const file = env.GITHUB_ACTIONS === "true" ? env.GITHUB_EVENT_PATH : undefined;
  if (!file) return null;
  try {
    const read = v.safeParse(event, JSON.parse(await readFile(file, "utf8")));
    if (!read.success) return null;
    const { number, title, body } = read.output.pull_request;
    return { number, title, body: body ?? "" };
  } catch {
    // Not ours to judge: then the commits alone speak.
    return null;
  }
}

/** What GitHub knows of a change. */
export interface Words {
  readonly pull: PullText | null;
  askTickets(numbers: readonly number[]): Promise<Outcome<ReadonlyMap<number, Ticket | null>>>;
}

/** Asks GitHub. Refused as `no-github` or `no-token`, and where it gives no answer. */
export async function askWords(
  repo: Repo,
  head: { readonly ref: string; readonly oid: Oid },
  known: PullText | null,
): Promise<Outcome<Words>> {
  const refs = await readRefs(repo);
  const place = await findPullPlace(repo, refs.remotes, chooseTarget(refs)?.remote ?? null);
  if (!place) return refused("no-github", "The repo has no remote on a GitHub.", "Leave --github out.");
  const [{ gitHubFromEnvironment }, { askPullWords, askWordsOf }, { askTickets }] = await Promise.all([
    import("../github/client"),
    import("../github/pullWords"),
    import("../github/tickets"),
  ]);
  const { slug } = place;
  const client = gitHubFromEnvironment(slug, process.env);
  if (!client)
    return refused(
      "no-token",
      `There is no token for ${slug.host}.`,
      "Set GITHUB_TOKEN (for another server GH_HOST and GH_ENTERPRISE_TOKEN), or leave --github out.",
    );
  const branch = known ? null : await pushedName(repo, head.ref, place);
  const isOurs = async (oid: Oid) => oid === head.oid || isAncestor(repo, oid, head.oid);
  // A workflow that runs again has the words of the first time.
  const asked = known
    ? await askWordsOf(client, slug, known.number)
    : branch === null
      ? done(null)
      : await askPullWords(client, slug, branch, isOurs);
  if (!asked.ok) return asked;
  return done({ pull: asked.value, askTickets: (numbers) => askTickets(client, slug, numbers) });
}

async function pushedName(repo: Repo, ref: string, place: PullPlace): Promise<string | null> {
  const branch = (await findRevision(repo, ref))?.branch ?? null;
  return branch === null ? null : place.pushed(branch).name;
}
