import { branchOf } from "../git/branch";
import { checkCached } from "../losses/cached";
import type { CheckDocument } from "../model/check";
import { checkGithub } from "./checkGithub";
import { badOption, methods, readMethod, recordedBases } from "./checkOptions";
import { checkSarif } from "./checkSarif";
import { checkText } from "./checkText";
import type { Answer, Command, Context } from "./command";

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
    const method = readMethod(values);
    if (typeof method === "object") return { exitCode: 2, refusal: method };
    const failOn = text("fail-on") ?? "likely";
    if (failOn !== "likely" && failOn !== "certain")
      return { exitCode: 2, refusal: badOption("--fail-on takes likely or certain.") };
    if (values.worktree && values.head !== undefined)
      return { exitCode: 2, refusal: badOption("--worktree and --head exclude each other.") };
    const [head, base, recordedBase] = [text("head"), text("base"), text("recorded-base")];
    const answer = await checkCached(
      repo,
      {
        method,
        worktree: values.worktree === true,
        records: await recordedBases(repo),
        ...(head === undefined ? {} : { head }),
        ...(base === undefined ? {} : { base }),
        ...(recordedBase === undefined ? {} : { recordedBase }),
      },
      signal,
    );
    if (!answer.ok) return { exitCode: 2, refusal: answer.refusal };
    const document = answer.value;
    return {
      exitCode: exitCode(document, failOn),
      document,
      text: write(document, format, format === "text" ? await branchOf(repo, head ?? "HEAD") : null),
    };
  },
};

function exitCode({ losses, conflicts }: CheckDocument, failOn: "likely" | "certain"): 0 | 1 {
  const bad = failOn === "likely" ? losses : losses.filter(({ confidence }) => confidence === "certain");
  return bad.length + conflicts.length > 0 ? 1 : 0;
}

function write(document: CheckDocument, format: string, branch: string | null): string {
  if (format === "sarif") return checkSarif(document);
  return format === "github" ? checkGithub(document) : checkText(document, branch);
}
