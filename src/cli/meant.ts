import { decide } from "../losses/decide";
import { findDeletion, findMeant } from "../losses/findDeletion";
import { methods, readMethod, recordedBases } from "./checkOptions";
import type { Answer, Command, Context } from "./command";
import { printable } from "./words";

export const meant: Command = {
  name: "meant",
  summary: "says that a deletion that check asks about is meant, with a reason",
  usage: "ID --reason TEXT | ID --undo",
  help: [
    ["ID", "as check printed it, or its first digits"],
    ["--reason TEXT", "why; it is shown to whoever asks"],
    ["--undo", "it is not meant after all"],
    ["--head REF", "the branch that you looked at (default: HEAD)"],
    ["--base REF", "where it would land (default: the remote's default branch)"],
    ["--method METHOD", `how: ${methods.join(", ")} (default: squash)`],
  ],
  options: {
    reason: { type: "string" },
    undo: { type: "boolean" },
    head: { type: "string" },
    base: { type: "string" },
    method: { type: "string" },
  },
  names: [1, 1],
  async run({ repo, positionals, values, signal }: Context): Promise<Answer> {
    const method = readMethod(values);
    if (typeof method === "object") return { exitCode: 2, refusal: method };
    const request = {
      method,
      records: await recordedBases(repo),
      ...(typeof values.head === "string" ? { head: values.head } : {}),
      ...(typeof values.base === "string" ? { base: values.base } : {}),
    };
    const find = values.undo ? findMeant : findDeletion;
    const found = await find(repo, positionals[0] ?? "", request, signal);
    if (!found.ok) return { exitCode: 2, refusal: found.refusal };
    const reason = typeof values.reason === "string" ? values.reason : null;
    const noted = await decide(repo, { ...found.value, decision: values.undo ? "reopen" : "meant", reason });
    if (!noted.ok) return { exitCode: 2, refusal: noted.refusal };
    const { deletionId, branch, decision } = noted.value;
    const where = branch === null ? "at this commit" : `on ${printable(branch)}`;
    const what =
      decision === "meant"
        ? `is meant ${where}: ${printable(noted.value.reason ?? "")}`
        : `is open again ${where}`;
    return {
      exitCode: 0,
      document: { schemaVersion: 1, ...noted.value },
      text: `${deletionId.slice(0, 8)} ${what}\n`,
    };
  },
};
