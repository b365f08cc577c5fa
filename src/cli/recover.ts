import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { done, type Outcome, refused } from "../model/outcome";
import type { MergedPull } from "../model/pull";
import { abortRecovery } from "../recovery/abort";
import type { Recovery } from "../recovery/document";
import { planOnly } from "../recovery/dryRun";
import type { RecoverRequest } from "../recovery/prepare";
import { continueRecovery } from "../recovery/resume";
import { recoverBranch } from "../recovery/start";
import type { Answer, Command, Context } from "./command";
import { recoverText } from "./recoverText";

export const recover: Command = {
  name: "recover",
  summary: "take what a stale branch has of its own to a new branch off its target",
  usage: "BRANCH --onto REF --as NEW-NAME | BRANCH --continue | --skip | --abort",
  help: [
    ["BRANCH", "the stale branch; neither it nor its worktree is touched"],
    ["--onto REF", "what to put its work on (default: the remote's default branch)"],
    ["--as NAME", "the new branch's name"],
    ["--dry-run", "say what would be done, and do nothing"],
    ["--push", "push the new branch, if it loses nothing of the target"],
    ["--continue", "go on, once a conflict is settled or after an interruption"],
    ["--skip", "go on without the commit that conflicts"],
    ["--abort", "end it, and take back what it made"],
    ["--take OID", "a commit that comes along although the plan says otherwise; as often as you like"],
    ["--leave OID", "a commit that stays behind although the plan says otherwise; as often as you like"],
    ["--committed", "uncommitted files of the branch's worktree stay behind"],
    ["--path DIR", "the new worktree's folder (default: beside the repo, in REPO.worktrees)"],
    ["--offline", "start from what is known, without fetching"],
    ["--pulls FILE", 'merged pull requests, as JSON: [{"number", "head", "mergeCommit"}]'],
  ],
  options: {
    onto: { type: "string" },
    as: { type: "string" },
    "dry-run": { type: "boolean" },
    push: { type: "boolean" },
    continue: { type: "boolean" },
    skip: { type: "boolean" },
    abort: { type: "boolean" },
    take: { type: "string", multiple: true },
    leave: { type: "string", multiple: true },
    committed: { type: "boolean" },
    path: { type: "string" },
    offline: { type: "boolean" },
    pulls: { type: "string" },
  },
  names: [1, 1],
  async run(context: Context): Promise<Answer> {
    const { repo, values, positionals, signal, note } = context;
    const [branch = ""] = positionals;
    const options = { signal, onProgress: note };
    const verbs = ["continue", "skip", "abort"].filter((verb) => values[verb] === true);
    const [verb] = verbs;
    if (verbs.length > 1 || (verb && (values.as ?? values["dry-run"] ?? values.push) !== undefined)) {
      return bad("--continue, --skip and --abort go with nothing but the branch.");
    }
    if (verb === "abort") return answer(await abortRecovery(repo, branch, options));
    if (verb) return answer(await continueRecovery(repo, branch, { ...options, skip: verb === "skip" }));
    const asked = await readRequest(context, branch);
    if (!asked.ok) return { exitCode: 2, refusal: asked.refusal };
    const dry = values["dry-run"] === true;
    return answer(
      await (dry ? planOnly(repo, asked.value, signal) : recoverBranch(repo, asked.value, options)),
    );
  },
};

function answer(outcome: Outcome<Recovery>): Answer {
  if (!outcome.ok) return { exitCode: 2, refusal: outcome.refusal };
  const { document, fine } = outcome.value;
  return { exitCode: fine ? 0 : 1, document, text: recoverText(document) };
}

async function readRequest(context: Context, branch: string): Promise<Outcome<RecoverRequest>> {
  const { values, cwd } = context;
  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === "string" ? value : undefined;
  };
  const list = (option: string): readonly string[] => {
    const value = values[option];
    return Array.isArray(value) ? value : [];
  };
  const [newBranch, onto, at] = [text("as"), text("onto"), text("path")];
  if (newBranch === undefined)
    return refused("bad-arguments", "The new branch needs a name.", "Give it with --as NEW-NAME.");
  const pulls = await readPulls(context, text("pulls"));
  if (!pulls.ok) return pulls;
  return done({
    branch,
    newBranch,
    take: list("take"),
    leave: list("leave"),
    uncommitted: values.committed !== true,
    pulls: pulls.value,
    push: values.push === true,
    offline: values.offline === true,
    ...(onto === undefined ? {} : { onto }),
    ...(at === undefined ? {} : { path: path.resolve(cwd, at) }),
  });
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

function bad(message: string): Answer {
  const hint = "See agent-foreman recover --help.";
  return { exitCode: 2, refusal: { code: "bad-arguments", message, hint } };
}
