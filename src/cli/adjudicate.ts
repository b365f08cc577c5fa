import type { Verdict } from "../model/verdict";
import { adjudicate as decide } from "../review/adjudicate";
import type { Answer, Command, Context } from "./command";
import { printable } from "./words";

const verbs: Readonly<Record<Verdict["verdict"], string>> = {
  accept: "accepted",
  overrule: "overruled",
  reopen: "open again",
};

export const adjudicate: Command = {
  name: "adjudicate",
  summary: "accept or overrule a reviewer's finding",
  usage: "FINDING accept|overrule|reopen [--reason TEXT] [--head REF]",
  help: [
    ["--reason TEXT", "why; an overruled finding needs one"],
    ["--head REF", "the branch or commit that you looked at (default: HEAD)"],
  ],
  options: { reason: { type: "string" }, head: { type: "string" } },
  names: [2, 2],
  async run({ repo, positionals, values }: Context): Promise<Answer> {
    const [finding = "", word = ""] = positionals;
    const verdict = (Object.keys(verbs) as Verdict["verdict"][]).find((each) => each === word);
    if (!verdict) {
      return {
        exitCode: 2,
        refusal: {
          code: "bad-arguments",
          message: `"${word}" is no verdict.`,
          hint: `Usage: agent-foreman adjudicate ${adjudicate.usage}`,
        },
      };
    }
    const noted = await decide(repo, {
      finding,
      verdict,
      reason: typeof values.reason === "string" ? values.reason : null,
      ...(typeof values.head === "string" ? { ref: values.head } : {}),
    });
    if (!noted.ok) return { exitCode: 2, refusal: noted.refusal };
    const { findingId, reason } = noted.value;
    const why = reason === null ? "" : `: ${printable(reason)}`;
    return {
      exitCode: 0,
      document: { schemaVersion: 1, ...noted.value },
      text: `${findingId.slice(0, 8)} is ${verbs[verdict]}${why}\n`,
    };
  },
};
