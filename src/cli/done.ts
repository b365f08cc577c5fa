import { judgeDone } from "../done/judgeDone";
import { checkCached } from "../losses/cached";
import type { DoneDocument } from "../model/done";
import { methods, readMethod, recordedBases } from "./checkOptions";
import type { Answer, Command, Context } from "./command";
import { doneGithub } from "./doneGithub";
import { doneText } from "./doneText";
import { askWords, eventWords } from "./doneWords";

export const done: Command = {
  name: "done",
  summary: "is a branch done: losses, review, docs, conventions, changelog, ticket, tech debt",
  usage: "",
  help: [
    ["--head REF", "what would land (default: HEAD)"],
    ["--base REF", "where it would land (default: the remote's default branch)"],
    ["--method METHOD", `how: ${methods.join(", ")} (default: squash)`],
    ["--github", "ask GitHub for the pull request's words and the tickets (GITHUB_TOKEN)"],
  ],
  options: {
    head: { type: "string" },
    base: { type: "string" },
    method: { type: "string" },
    github: { type: "boolean" },
  },
  formats: ["text", "json", "github"],
  names: [0, 0],
  async run(context: Context): Promise<Answer> {
    const { values, format, repo, signal } = context;
    const method = readMethod(values);
    if (typeof method === "object") return { exitCode: 2, refusal: method };
    const checked = await checkCached(
      repo,
      {
        method,
        records: await recordedBases(repo),
        ...(typeof values.head === "string" ? { head: values.head } : {}),
        ...(typeof values.base === "string" ? { base: values.base } : {}),
      },
      signal,
    );
    if (!checked.ok) return { exitCode: 2, refusal: checked.refusal };
    const event = await eventWords(process.env);
    const github = values.github === true ? await askWords(repo, checked.value.head, event) : null;
    if (github && !github.ok) return { exitCode: 2, refusal: github.refusal };
    const pull = github?.value.pull ?? event;
    const judged = await judgeDone(
      repo,
      checked.value,
      { pull, askTickets: github?.value.askTickets },
      signal,
    );
    if (!judged.ok) return { exitCode: 2, refusal: judged.refusal };
    const document = judged.value;
    if (document.verdict === "unknown")
      context.note("agent-foreman: not every gate could be judged; see what each says.");
    return { exitCode: exitCode(document), document, text: write(document, format) };
  },
};

/** What cannot be told is no yes; the text says what it is. */
function exitCode({ verdict }: DoneDocument): 0 | 1 | 2 {
  return verdict === "done" ? 0 : verdict === "not-done" ? 1 : 2;
}

function write(document: DoneDocument, format: string): string {
  return format === "github" ? doneGithub(document) : doneText(document);
}
