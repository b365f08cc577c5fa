import { shellWord } from "../../losses/remedy";
import type { CheckDocument } from "../../model/check";
import { escapeMarkdown } from "../markdown";
import type { Translate } from "../translate";
import { filesInAll, linesInAll } from "./losses";
import { shortRef } from "./row";

/** "4 files look deleted; the merge keeps them", of a plain diff; null where none do. */
export function looksOnlyInShort({ looksOnly }: CheckDocument, t: Translate): string | null {
  if (looksOnly.files === 0) return null;
  return looksOnly.files === 1
    ? t("1 file looks deleted; the merge keeps it")
    : t("{0} files look deleted; the merge keeps them", looksOnly.files);
}

/** The same for somebody who wonders, as Markdown. */
export function looksOnlyText({ looksOnly, base, head, behind }: CheckDocument, t: Translate): string {
  const target = shortRef(base.ref);
  const branch = shortRef(head.ref);
  const words = [linesInAll(looksOnly.lines, t), filesInAll(looksOnly.files, t)] as const;
  const paragraphs = [
    t(
      "A plain diff of {0} and {1} shows {2} in {3} as removed. Nobody removed them.",
      target,
      branch,
      ...words,
    ),
    t(
      "{0} got them after {1} had left it: the branch is {2} commits behind. A plain diff compares the two ends, so everything that the branch does not have yet looks deleted.",
      target,
      branch,
      behind,
    ),
    t(
      "A merge compares both ends with where they parted. What only {0} changed since then stays, so none of this is lost. Agent Foreman tries the merge out, and warns only of what is really gone afterwards.",
      target,
    ),
  ];
  const commands = [
    [t("What the branch really changes:"), `git diff ${shellWord(`${target}...${branch}`)}`],
    [t("What looks like a deletion and is none:"), `git diff ${shellWord(target)} ${shellWord(branch)}`],
  ].map(([what = "", command = ""]) => `${escapeMarkdown(what)}\n\n    ${command.replaceAll(/\s/g, " ")}`);
  return [
    `# ${escapeMarkdown(t("Why nothing is lost"))}`,
    ...paragraphs.map(escapeMarkdown),
    ...commands,
  ].join("\n\n");
}
