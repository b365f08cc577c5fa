import type { CheckDocument, Deletion } from "../../model/check";
import { hasParts } from "../editor/mark";
import type { Translate } from "../translate";
import { type Detail, detail } from "./detail";
import { looksOnlyInShort } from "./looksOnly";
import { lossInWords } from "./losses";
import type { Icon } from "./row";

/** What a worktree's check found, a row each: losses, questions, what a person called meant, and what only looks deleted. */
export function lossDetails(check: CheckDocument, t: Translate): Detail[] {
  const looksOnly = looksOnlyInShort(check, t);
  return [
    ...check.losses.map((loss) => lossRow(loss, { id: "error", color: "list.errorForeground" }, "loss", t)),
    ...check.questions.map((question) => lossRow(question, { id: "question" }, "question", t)),
    ...check.intended.flatMap((meant) => (meant.decided ? [meantRow(meant, meant.why, t)] : [])),
    ...(looksOnly === null
      ? []
      : [
          {
            ...detail("looksOnly", "info", t("Plain diff"), looksOnly, looksOnly, true),
            opens: "explainLooksOnly" as const,
          },
        ]),
  ];
}

function lossRow(deletion: Deletion, icon: Icon, kind: "loss" | "question", t: Translate): Detail {
  const words = lossInWords(deletion, t);
  const said = kind === "loss" ? words : t("{0}; is that meant?", words);
  const why = deletion.evidence.map((each) => each.detail);
  return {
    ...detail(`${kind}-${deletion.id}`, icon, deletion.path, said, [said, ...why].join(" · ")),
    context: `;detail;${kind};restorable;${hasParts(deletion) ? "lines;" : ""}`,
    loss: deletion.id,
    opens: "openLoss",
  };
}

function meantRow(deletion: Deletion, why: string, t: Translate): Detail {
  const words = t("meant to go: {0}", why);
  return {
    ...detail(
      `meant-${deletion.id}`,
      "pass",
      deletion.path,
      words,
      [words, lossInWords(deletion, t)].join(" · "),
    ),
    context: ";detail;meant;",
    loss: deletion.id,
  };
}
