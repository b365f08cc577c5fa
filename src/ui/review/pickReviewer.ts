import * as vscode from "vscode";
import { installedReviewers, otherThan } from "../../review/reviewers/choose";
import { commandReviewer } from "../../review/reviewers/command";
import { customAdapter } from "../../review/reviewers/custom";
import type { Reviewer } from "../../review/reviewers/reviewer";
import type { Services } from "../commands/services";
import { visible } from "../markdown";
import { settings } from "../settings";
import { tellRefusal } from "../tell";
import { languageModelReviewer } from "./languageModel";

const remembered = "reviewer";

/** Who can be asked here: agents that are installed, the person's own command, VS Code's language models. */
export async function findReviewers(): Promise<Reviewer[]> {
  const [program, ...args] = settings.read("reviewCommand");
  const own = program ? [commandReviewer(customAdapter([program, ...args]))] : [];
  const models = await vscode.lm.selectChatModels().then(
    (found) => found,
    // No extension that has any.
    () => [],
  );
  return [...(await installedReviewers()), ...own, ...models.map(languageModelReviewer)];
}

/** The one that was named, or the one that the person picks; what was picked last comes first. */
export async function pickReviewer(
  { memory }: Services,
  builder: string | null,
  named?: string,
): Promise<Reviewer | null> {
  const reviewers = await findReviewers();
  if (named !== undefined) return reviewers.find(({ id }) => id === named) ?? null;
  if (reviewers.length === 0) {
    void tellRefusal(
      {
        code: "reviewer-missing",
        message: vscode.l10n.t("No reviewer is installed here."),
        hint: vscode.l10n.t("Install Claude Code, Codex, Copilot or Gemini, or set a command of your own."),
      },
      {
        title: vscode.l10n.t("Open Settings"),
        act: () =>
          vscode.commands.executeCommand("workbench.action.openSettings", "agentForeman.review.command"),
      },
    );
    return null;
  }
  const advised = otherThan(builder, reviewers);
  const last = memory.get<string>(remembered);
  const items = reviewers
    .map((reviewer) => ({
      label: visible(reviewer.label),
      description: describe(reviewer, reviewer === advised && builder !== null),
      reviewer,
    }))
    .sort((a, b) => weight(b.reviewer) - weight(a.reviewer));
  function weight(reviewer: Reviewer): number {
    return reviewer.id === last ? 2 : reviewer === advised ? 1 : 0;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Review Changes"),
    placeHolder: vscode.l10n.t("Who reviews? It starts with nothing of the builder's context."),
    matchOnDescription: true,
  });
  if (picked) await memory.update(remembered, picked.reviewer.id);
  return picked?.reviewer ?? null;
}

function describe({ reads }: Reviewer, other: boolean): string {
  if (!reads) return vscode.l10n.t("language model of VS Code, sees only the change");
  return other ? vscode.l10n.t("another than built it") : "";
}
