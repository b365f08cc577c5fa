import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { done, type Outcome, refused } from "../model/outcome";
import type { MergedPull } from "../model/pull";
import type { RecoverDocument } from "../model/recovery";
import { planOnly } from "../recovery/dryRun";
import type { Answer, Command, Context } from "./command";
import { recoverText } from "./recoverText";

export const recover: Command = {
  name: "recover",
  summary: "take what a stale branch has of its own to a new branch off its target",
  usage: "BRANCH --onto REF --as NEW-NAME",
  help: [
    ["BRANCH", "the stale branch; neither it nor its worktree is touched"],
    ["--onto REF", "what to put its work on (default: the remote's default branch)"],
    ["--as NAME", "the new branch's name"],
    ["--dry-run", "say what would be done, and do nothing"],
    ["--take OID", "a commit that comes along although the plan says otherwise; as often as you like"],
    ["--leave OID", "a commit that stays behind although the plan says otherwise; as often as you like"],
    ["--committed", "uncommitted files of the branch's worktree stay behind"],
    ["--pulls FILE", 'merged pull requests, as JSON: [{"number", "head", "mergeCommit"}]'],
  ],
  options: {
    onto: { type: "string" },
    as: { type: "string" },
    "dry-run": { type: "boolean" },
    take: { type: "string", multiple: true },
    leave: { type: "string", multiple: true },
    committed: { type: "boolean" },
    pulls: { type: "string" },
  },
  names: [1, 1],
  async run(context: Context): Promise<Answer> {
    const { repo, values, positionals, signal } = context;
    const [branch = ""] = positionals;
    const text = (option: string): string | undefined => {
      const value = values[option];
      return typeof value === "string" ? value : undefined;
    };
    const list = (option: string): readonly string[] => {
      const value = values[option];
      return Array.isArray(value) ? value : [];
    };
    const newBranch = text("as");
    if (newBranch === undefined) return bad("The new branch needs a name.", "Give it with --as NEW-NAME.");
    if (values["dry-run"] !== true) return bad("Only the plan can be had.", "Say --dry-run.");
    const pulls = await readPulls(context, text("pulls"));
    if (!pulls.ok) return { exitCode: 2, refusal: pulls.refusal };
    const onto = text("onto");
    const answer = await planOnly(
      repo,
      {
        branch,
        newBranch,
        take: list("take"),
        leave: list("leave"),
        uncommitted: values.committed !== true,
        pulls: pulls.value,
        ...(onto === undefined ? {} : { onto }),
      },
      signal,
    );
    if (!answer.ok) return { exitCode: 2, refusal: answer.refusal };
    return { exitCode: exitCode(answer.value), document: answer.value, text: recoverText(answer.value) };
  },
};

function exitCode({ state, conflicts, check }: RecoverDocument): 0 | 1 {
  if (state === "aborted" || state === "empty") return 0;
  const loses = check !== null && check.losses.length + check.conflicts.length > 0;
  return conflicts.length > 0 || loses ? 1 : 0;
}

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
const pullsSchema = v.array(v.object({ number: v.number(), head: oid, mergeCommit: oid }));

async function readPulls(
  { cwd }: Context,
  file: string | undefined,
): Promise<Outcome<readonly MergedPull[]>> {
  if (file === undefined) return done([]);
  try {
    const parsed = v.safeParse(pullsSchema, JSON.parse(await readFile(path.resolve(cwd, file), "utf8")));
    if (parsed.success) return done(parsed.output);
    const [issue] = parsed.issues;
    const where = issue && v.getDotPath(issue);
    return badPulls(file, `${where ? `${where}: ` : ""}${issue?.message ?? "not in the right form"}`);
  } catch (error) {
    return badPulls(file, error instanceof Error ? error.message : String(error));
  }
}

function badPulls(file: string, why: string): Outcome<never> {
  const hint = 'It holds a list like [{"number": 12, "head": "<commit>", "mergeCommit": "<commit>"}].';
  return refused("bad-pulls", `${file} cannot be used as a list of merged pull requests: ${why}.`, hint);
}

function bad(message: string, hint: string): Answer {
  return { exitCode: 2, refusal: { code: "bad-arguments", message, hint } };
}
