import type { OwnCommit } from "../../git/ownCommits";

/** So much of a message is looked at: nobody says more on purpose, and it is looked at for each file. */
const longest = 16_000;

const verbs =
  /(?<![\p{L}\p{N}])(?:remov(?:e[sd]?|ing|al)|drop(?:s|ped|ping)?|delet(?:e[sd]?|ing|ion)|replac(?:e[sd]?|ing)|retir(?:e[sd]?|ing)|revert(?:s|ed|ing)?|revers(?:e[sd]?|ing)|undo(?:es|ing)?|undone|unship(?:s|ped)?|clean(?:s|ed|ing)? up|get(?:s|ting)? rid|supersed(?:e[sd]?|ing))(?![\p{L}\p{N}])/iu;
const gone = /(?<![\p{L}\p{N}])(?:no longer|gone)(?![\p{L}\p{N}])/iu;

/** Whether a text has a verb of taking away. */
export function takesAway(text: string): boolean {
  return verbs.test(text);
}

const goingBack =
  /^(?:(?:this|it|we)\s+)?(?:re-?(?:enabl(?:e[sd]?|ing)|add(?:s|ed|ing)?|appl(?:y|ies|ied|ying)|introduc(?:e[sd]?|ing)|instat(?:e[sd]?|ing))|reviv(?:e[sd]?|ing)|(?:switch|go|mov|chang|roll|put)(?:e|es|ed|ing|s|ting)? back to)\s/i;
/** What people put before their subjects, and before points of a list. */
const prefix = /^(?:(?:[\w./-]+(?:\([^)]*\))?!?:|\[[^\]]*\]|[-*])\s*)+/;

/** More than this stands before nobody's first words, and somebody may have written it to make the search long. */
const longestStart = 200;

/** Whether a commit says, as the first words of its subject or of a line of its body, that it goes back to how things were. */
export function saysItGoesBack(commit: Pick<OwnCommit, "subject" | "body">): boolean {
  const starts = [commit.subject, ...sentences(commit)].map((said) => said.slice(0, longestStart));
  return starts.some((said) => goingBack.test(said.replace(prefix, "")));
}

/** The lines of a commit's body. */
export function sentences({ body }: Pick<OwnCommit, "body">): string[] {
  return body.slice(0, longest).split("\n");
}

/** The paragraphs of a message that speak of taking something away; the subject goes with the first. */
export function paragraphsOnRemoval({ subject, body }: Pick<OwnCommit, "subject" | "body">): string[] {
  const paragraphs = `${subject}\n${body.slice(0, longest)}`.split(/\n\s*\n/);
  return paragraphs.filter((text) => takesAway(text) || gone.test(text));
}
