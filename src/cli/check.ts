import { checkCached } from "../losses/cached";
import type { CheckDocument, Method } from "../model/check";
import { readRecords } from "../worktrees/record";
import { checkGithub } from "./checkGithub";
import { checkSarif } from "./checkSarif";
import { checkText } from "./checkText";
import type { Answer, Command, Context } from "./command";

const methods: readonly Method[] = ["squash", "merge", "rebase"];

export const check: Command = {
  name: "check",
  summary: "would landing a branch lose work that its target has?",
  usage: "",
  help: [
    ["--head REF", "what would land (default: HEAD)"],
    ["--worktree", "the files as they lie on disk, uncommitted and untracked ones included"],
    ["--base REF", "where it would land (default: the remote's default branch)"],
    ["--method METHOD", `how: ${methods.join(", ")} (default: squash)`],
    ["--recorded-base OID", "the commit that the branch started from, where it is not recorded"],
    ["--fail-on CONFIDENCE", "which losses make it exit 1: likely, certain (default: likely)"],
  ],
  options: {
    head: { type: "string" },
    worktree: { type: "boolean" },
    base: { type: "string" },
    method: { type: "string" },
    "recorded-base": { type: "string" },
    "fail-on": { type: "string" },
  },
  formats: ["text", "json", "sarif", "github"],
  names: [0, 0],
  async run(context: Context): Promise<Answer> {
    const { values, format, repo, signal } = context;
    const text = (option: string): string | undefined => {
      const value = values[option];
      return typeof value === "string" ? value : undefined;
    };
    const method = methods.find((name) => name === (text("method") ?? "squash"));
    if (!method) return badOption(`--method takes ${methods.join(", ")}.`);
    const failOn = text("fail-on") ?? "likely";
    if (failOn !== "likely" && failOn !== "certain") return badOption("--fail-on takes likely or certain.");
    if (values.worktree && values.head !== undefined)
      return badOption("--worktree and --head exclude each other.");
    const [head, base, recordedBase] = [text("head"), text("base"), text("recorded-base")];
    const records = await readRecords(repo);
    const answer = await checkCached(
      repo,
      {
        method,
        worktree: values.worktree === true,
        records: new Map([...records].map(([branch, record]) => [branch, record.base.oid])),
        ...(head === undefined ? {} : { head }),
        ...(base === undefined ? {} : { base }),
        ...(recordedBase === undefined ? {} : { recordedBase }),
      },
      signal,
    );
    if (!answer.ok) return { exitCode: 2, refusal: answer.refusal };
    const document = answer.value;
    return { exitCode: exitCode(document, failOn), document, text: write(document, format) };
  },
};

function exitCode({ losses, conflicts }: CheckDocument, failOn: "likely" | "certain"): 0 | 1 {
  const bad = failOn === "likely" ? losses : losses.filter(({ confidence }) => confidence === "certain");
  return bad.length + conflicts.length > 0 ? 1 : 0;
}

function write(document: CheckDocument, format: string): string {
  if (format === "sarif") return checkSarif(document);
  return format === "github" ? checkGithub(document) : checkText(document);
}

function badOption(message: string): Answer {
  const hint = "See agent-foreman check --help.";
  return { exitCode: 2, refusal: { code: "bad-arguments", message, hint } };
}
