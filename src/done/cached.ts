import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Repo } from "../git/repo";
import type { DoneNote, PullText } from "../model/done";
import { done, type Outcome } from "../model/outcome";
import { openCache } from "../store/cache";
import type { DoneConfig } from "./config";
import { type Examined, examine } from "./examine";
import { type Ends, readChange } from "./readChange";
import { readConfigs } from "./readConfig";

/** Counts up with every change of what the rules find, so that older answers are never seen again. */
const rulesVersion = 4;

const place = v.object({ path: v.nullable(v.string()), line: v.nullable(v.number()), message: v.string() });
const found = v.object({
  status: v.picklist(["pass", "fail", "warn", "unknown", "skip"]),
  message: v.string(),
  fix: v.nullable(v.string()),
  where: v.array(place),
});
const numbers = v.array(v.number());
const waiver = v.object({
  gate: v.picklist(["docs", "conventions", "changelog", "ticket", "debt"]),
  reason: v.string(),
  from: v.string(),
});
const stored = v.object({
  docs: found,
  conventions: found,
  changelog: found,
  debt: found,
  words: v.object({ closed: numbers, named: numbers, other: v.boolean() }),
  said: v.array(waiver),
  notes: v.array(v.object({ path: v.nullable(v.string()), detail: v.string() })),
});

/** What follows from the two commits, and by which configuration it was judged. */
export interface Looked {
  readonly examined: Examined;
  readonly config: DoneConfig;
  readonly notes: readonly DoneNote[];
}

/** Looks at a change, or remembers what was found before. Refused as `bad-config`. */
export async function examineCached(
  repo: Repo,
  ends: Ends,
  pull: PullText | null,
  signal?: AbortSignal,
): Promise<Outcome<Looked>> {
  const configs = await readConfigs(repo, ends.base, ends.head);
  if (!configs.ok) return configs;
  const { config, notes } = configs.value;
  const cache = openCache(repo.commonDir, "done", rulesVersion);
  const words = createHash("sha256")
    .update(JSON.stringify([ends.branch, pull]))
    .digest("hex")
    .slice(0, 16);
  const key = `${ends.base} ${ends.head} ${words}`;
  const known = v.safeParse(stored, cache.get(key));
  if (known.success) return done({ examined: known.output, config, notes });
  const change = await readChange(repo, ends, pull, signal);
  const examined = await examine(repo, ends.head, change, config, signal);
  cache.set(key, examined);
  await cache.flush();
  return done({ examined, config, notes });
}
