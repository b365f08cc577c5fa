import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { readFilesAt } from "../git/filesAt";
import type { Repo } from "../git/repo";
import type { DoneNote } from "../model/done";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { configPath, type DoneConfig, defaultConfig, readConfig } from "./config";

/**
 * What the target says, so that no change loosens the gates that it is judged by; what the change would make of it is told.
 * Refused as `bad-config`, also where only the change's own file is bad.
 */
export async function readConfigs(
  repo: Repo,
  base: Oid,
  head: Oid,
): Promise<Outcome<{ readonly config: DoneConfig; readonly notes: readonly DoneNote[] }>> {
  const [before, after] = await Promise.all(
    [base, head].map(
      async (commit) => (await readFilesAt(repo, commit, [configPath])).get(configPath) ?? null,
    ),
  );
  const config = before == null ? done(defaultConfig) : parseConfig(before, "the target");
  if (!config.ok) return config;
  if (after === before) return done({ config: config.value, notes: [] });
  const own = after == null ? done(null) : parseConfig(after, "the change");
  if (!own.ok) return own;
  const detail =
    "The change is about the gates themselves. It is judged by those of the target; its own hold once it has landed.";
  return done({ config: config.value, notes: [{ path: configPath, detail }] });
}

function parseConfig(text: string, whose: string): Outcome<DoneConfig> {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true });
  const [error] = errors;
  const read = error
    ? { fault: `line ${text.slice(0, error.offset).split("\n").length}: ${printParseErrorCode(error.error)}` }
    : readConfig(value);
  if (!("fault" in read)) return done(read);
  return refused(
    "bad-config",
    `${configPath} of ${whose} cannot be used: ${read.fault}.`,
    "Correct it; an editor that reads its schema shows what it may have. No gate was judged.",
  );
}
