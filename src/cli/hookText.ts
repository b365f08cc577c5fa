import { isLostByMerges } from "../losses/lostByMerges";
import { recoverCommand, remedy } from "../losses/remedy";
import type { CheckDocument, Deletion } from "../model/check";
import { whereAndWhat, whose } from "./checkText";
import { count, printable } from "./words";

export interface StopWords {
  /** What was stopped: git's push, or a command that an agent was about to run. */
  readonly what: "push" | "command";
  /** How a shell calls us. */
  readonly program: string;
}

/** For whoever is about to push, most likely an agent: what would be lost, whose it is, and what to do next. Empty: nothing to say. */
export function stopText(document: CheckDocument, { what, program }: StopWords): string {
  const { losses, questions, conflicts } = document;
  const base = printable(document.base.ref);
  const head = printable(nameOf(document));
  const parts: string[] = [];
  if (losses.length > 0) {
    parts.push(
      `agent-foreman: ${what === "push" ? "this push was stopped" : "this command was not run"}. Landing ${head} on ${base} would delete other people's work, which is in ${base} now:`,
      ...losses.map((loss) => entry(document, loss, program)),
      next(document, { what, program }),
    );
  }
  if (questions.length > 0)
    parts.push(
      `agent-foreman: landing ${head} on ${base} also takes away recent work, perhaps on purpose. If it is not meant:`,
      ...questions.slice(0, 5).map((question) => entry(document, question, program)),
      ...(questions.length > 5
        ? [`  and ${count(questions.length - 5, "more place")}: ${program} check`]
        : []),
    );
  if (conflicts.length > 0)
    parts.push(
      `agent-foreman: ${head} conflicts with ${base} in ${count(conflicts.length, "file")}: ${conflicts
        .slice(0, 5)
        .map(({ path }) => printable(path))
        .join(", ")}${conflicts.length > 5 ? " …" : ""}. Settle it so that both sides' work is there.`,
    );
  return parts.join("\n\n");
}

function entry(document: CheckDocument, deletion: Deletion, program: string): string {
  return [
    `  ${whereAndWhat(deletion)}`,
    ...deletion.introducedBy.map((landing) => `    landed with ${whose(landing)}`),
    ...deletion.evidence.slice(0, 2).map(({ detail }) => `    ${printable(detail)}`),
    `    Get it back:  ${printable(remedy(document, deletion, program))}`,
  ].join("\n");
}

function next(document: CheckDocument, { what, program }: StopWords): string {
  const branch = branchOf(document);
  const byMerges = branch !== null && isLostByMerges(document);
  const restore = [
    `${byMerges ? "Or, to go on with this branch:" : "What to do:"} in the top folder of the worktree run the commands above, or all of them at once with`,
    `  ${program} restore --all`,
    "Then look at the result, commit it, and push again.",
  ];
  const recover =
    branch === null
      ? []
      : [
          byMerges
            ? "What to do: only merges on the branch threw that away, its own commits are fine. This takes just them to a clean branch:"
            : "Where the branch is stale as a whole, this takes only its own work to a clean branch:",
          `  ${recoverCommand(branch, document.base.ref, program)}`,
        ];
  return [
    ...(byMerges ? [...recover, ...restore] : [...restore, ...recover]),
    "Only where a deletion is really meant, say so in the message of the commit that makes it, as a trailer:",
    "  Intentional-removal: <path or reason>",
    ...(what === "push" ? ["A person may push all the same with: git push --no-verify"] : []),
  ].join("\n");
}

function nameOf({ head }: CheckDocument): string {
  return /^[0-9a-f]{40,64}$/.test(head.ref) ? head.ref.slice(0, 9) : head.ref.replace(/^refs\/heads\//, "");
}

function branchOf({ head }: CheckDocument): string | null {
  return /^refs\/heads\/(.+)$/.exec(head.ref)?.[1] ?? null;
}
