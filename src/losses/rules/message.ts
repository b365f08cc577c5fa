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
  /(?<![\p{L}\p{N}])(?:re-?(?:enabl(?:e[sd]?|ing)|add(?:s|ed|ing)?|appl(?:y|ies|ied|ying)|introduc(?:e[sd]?|ing)|instat(?:e[sd]?|ing))|reviv(?:e[sd]?|ing)|(?:switch|go|move|change|roll|put)(?:e?s|ed|ing)? back|roll(?:s|ed|ing)?back|downgrad(?:e[sd]?|ing))(?![\p{L}\p{N}])/iu;
const opening = /^(?:[-*]\s+)?(?:(?:this|it|we)\s+)?\S+(?:\s+back)?/i;

/** The sentence in which a commit says that it goes back to how things were; in a body, where all sorts are told, as its first words. */
export function saysItGoesBack(commit: Pick<OwnCommit, "subject" | "body">): string | null {
  if (goingBack.test(commit.subject)) return commit.subject;
  return sentences(commit).find((said) => goingBack.test(opening.exec(said)?.[0] ?? "")) ?? null;
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
