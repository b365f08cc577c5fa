import * as v from "valibot";
import { readFilesAt } from "../../git/filesAt";
import type { Repo } from "../../git/repo";
import { done, type Outcome, refused } from "../../model/outcome";
import type { Oid } from "../../model/worktree";
import { parseJson } from "../../store/log";
import type { Check } from "./detect";

/** Where a repo says things about itself to us. */
export const configPath = ".agent-foreman.json";

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));

/** What the config says of them: a name, and a program with its arguments, which no shell reads. */
export const selfChecksSchema = v.pipe(
  v.array(v.strictObject({ name: word, command: v.pipe(v.tupleWithRest([word], word), v.maxLength(100)) })),
  v.maxLength(20),
);

const configSchema = v.looseObject({ selfChecks: v.optional(selfChecksSchema) });

/**
 * The checks that the target's config names: a change does not choose what it is checked by. Null: it names none. Refused
 * as `bad-config`.
 */
export async function configuredChecks(repo: Repo, target: Oid): Promise<Outcome<readonly Check[] | null>> {
  const text = (await readFilesAt(repo, target, [configPath])).get(configPath) ?? null;
  if (text === null) return done(null);
  const parsed = v.safeParse(configSchema, parseJson(text));
  if (!parsed.success)
    return refused(
      "bad-config",
      `${configPath} of the target cannot be used: ${v.getDotPath(parsed.issues[0]) ?? "it"} is not as it must be.`,
      'Correct it: selfChecks is a list of {"name", "command": [program, …arguments]}. Nothing was run.',
    );
  const checks = parsed.output.selfChecks;
  return done(checks?.map((each): Check => ({ ...each, obstacle: null })) ?? null);
}
