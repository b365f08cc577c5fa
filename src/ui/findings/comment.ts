import type { JudgedFinding } from "../../model/verdict";
import { codeBlock } from "../../review/plainText";
import { neutralText, neutralWords } from "../../review/publish/neutral";
import { visible } from "../markdown";
import type { Translate } from "../translate";

const longest = { title: 300, text: 4_000 } as const;

/** A finding in Markdown, for a comment at its line: nothing that a reviewer wrote links, loads or runs anything. */
export function commentText(finding: JudgedFinding, t: Translate): string {
  const { title, failureScenario, body, suggestion, decision } = finding;
  return [
    `**${neutralWords(title, longest.title).replaceAll("**", "")}**`,
    ...(failureScenario ? [neutralText(failureScenario, longest.text)] : []),
    ...(body && body !== failureScenario ? [neutralText(body, longest.text)] : []),
    ...(suggestion
      ? [`${t("Suggestion")}:\n${codeBlock(suggestion.replacement.slice(0, longest.text))}`]
      : []),
    ...(decision?.reason
      ? [`_${t("{0}: {1}", t("Overruled"), neutralWords(decision.reason, longest.title))}_`]
      : []),
  ].join("\n\n");
}

/** What stands above the comment: how bad it is, and what was decided. */
export function commentLabel(finding: JudgedFinding, t: Translate): string {
  const words = {
    open: t("Open"),
    accepted: t("Accepted"),
    overruled: t("Overruled"),
    fixed: t("Fixed"),
    outdated: t("Outdated"),
  } as const;
  const severities = { blocker: t("Blocker"), major: t("Major"), minor: t("Minor"), nit: t("Nit") } as const;
  const { decision, status, sentAt } = finding;
  const by = decision ? t("{0} by {1}", words[status], visible(decision.by)) : words[status];
  return [severities[finding.severity], by, ...(sentAt === null ? [] : [t("sent to the agent")])].join(" · ");
}
