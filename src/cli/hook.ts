import path from "node:path";
import * as v from "valibot";
import { branchOf } from "../git/branch";
import { listRefs } from "../git/listRefs";
import { openRepo, type Repo } from "../git/repo";
import { type Pushed, parsePushed, pushesIn } from "../hooks/pushed";
import { checkCached } from "../losses/cached";
import type { CheckDocument } from "../model/check";
import type { Outcome } from "../model/outcome";
import { parseJson } from "../store/log";
import { recordedBases } from "./checkOptions";
import type { Answer, Command, Context } from "./command";
import { stopText } from "./hookText";
import { launcherWord } from "./launcherWord";
import { count, printable } from "./words";

/** What installed hooks call. It has no place in the overview: nobody types it. */
export const hook: Command = {
  name: "hook",
  summary: "",
  usage: "pre-push|claude",
  help: [["pre-push, claude", "what the hooks that `agent-foreman hooks install` made call"]],
  options: {},
  names: [1, 3],
  async run(context: Context): Promise<Answer> {
    // VS Code's own program was told to be a node; what git starts from here must not be.
    delete process.env.ELECTRON_RUN_AS_NODE;
    const [name] = context.positionals;
    const stop = name === "claude" ? await beforeClaude(context) : await beforePush(context);
    return { exitCode: stop ? 3 : 0, document: {}, text: "" };
  },
};

// A push of more heads than this is a mirror or a migration.
const mostHeads = 20;
const patienceMs = 60_000;

/** Checks what is really pushed, head by head. True: the push is to be stopped. */
async function beforePush({ repo, note, input, signal }: Context): Promise<boolean> {
  const pushed = parsePushed(await input());
  const asked = pushed.slice(0, mostHeads);
  if (pushed.length > asked.length)
    note(`agent-foreman: ${count(pushed.length - asked.length, "more head")} NOT checked for lost work.`);
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const found: CheckDocument[] = [];
  for (const each of asked) {
    const answer = await checkHead(repo, await headOf(repo, each), patience);
    if (answer.ok) found.push(answer.value);
    else note(notChecked(each.remoteRef, answer));
  }
  return tell(repo, found, "push", note);
}

/** A branch that is at what is pushed: more is known of it than of a bare commit. */
async function headOf(repo: Repo, { localRef, oid }: Pushed): Promise<string> {
  const [branches, here] = await Promise.all([listRefs(repo, ["refs/heads"]), branchOf(repo, "HEAD")]);
  const wanted = [localRef, `refs/heads/${here}`, ...branches.keys()];
  return wanted.find((ref) => branches.get(ref) === oid) ?? oid;
}

const callSchema = v.looseObject({
  cwd: v.optional(v.string()),
  tool_input: v.optional(v.looseObject({ command: v.optional(v.string()) })),
});

/** Checks the head of each worktree of this repo that a shell command is about to push. */
async function beforeClaude({ repo, note, input, signal, cwd }: Context): Promise<boolean> {
  const parsed = v.safeParse(callSchema, parseJson(await input()));
  if (!parsed.success) {
    note("agent-foreman: Claude Code said something that is not understood, so nothing was checked.");
    return false;
  }
  const at = parsed.output.cwd ?? cwd;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const found: CheckDocument[] = [];
  for (const folder of pushesIn(parsed.output.tool_input?.command ?? "")) {
    const opened = await openRepo(path.resolve(at, folder));
    // Another repo, or none, is not ours to speak of.
    if (!opened.ok || opened.value.commonDir !== repo.commonDir) continue;
    const branch = await branchOf(opened.value, "HEAD");
    const answer = await checkHead(opened.value, branch === null ? "HEAD" : `refs/heads/${branch}`, patience);
    if (answer.ok) found.push(answer.value);
    else note(notChecked("HEAD", answer));
  }
  return tell(repo, found, "command", note);
}

async function checkHead(repo: Repo, head: string, signal: AbortSignal): Promise<Outcome<CheckDocument>> {
  try {
    return await checkCached(repo, { head, records: await recordedBases(repo) }, signal);
  } catch (error) {
    const message = signal.aborted
      ? "It took too long."
      : error instanceof Error
        ? error.message
        : String(error);
    return { ok: false, refusal: { code: "unexpected", message, hint: "" } };
  }
}

function notChecked(what: string, answer: Outcome<CheckDocument>): string {
  const why = answer.ok ? "" : `${answer.refusal.message} ${answer.refusal.hint}`;
  return `agent-foreman: ${printable(what)} was NOT checked for lost work. ${printable(why)}`.trimEnd();
}

/** Says what is lost, or may be; only a loss stops anything. */
async function tell(
  repo: Repo,
  found: readonly CheckDocument[],
  what: "push" | "command",
  note: (text: string) => void,
): Promise<boolean> {
  const program = await launcherWord(repo.commonDir);
  for (const document of found) {
    const text = stopText(document, { what, program });
    if (text !== "") note(text);
  }
  return found.some(({ losses }) => losses.length > 0);
}
