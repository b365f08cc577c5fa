import * as vscode from "vscode";
import { done, type Outcome, refused } from "../../model/outcome";
import type { Asking, Question, Reviewer, Said } from "../../review/reviewers/reviewer";

const mostCharacters = 8 << 20;

/** A language model of VS Code. It sees the question alone: nothing is read for it, and nothing run. */
export function languageModelReviewer(model: vscode.LanguageModelChat): Reviewer {
  return {
    id: `model:${model.vendor}/${model.id}`,
    label: model.name,
    vendor: model.vendor,
    reads: false,
    ask: (question, asking) => ask(model, question, asking),
  };
}

async function ask(
  model: vscode.LanguageModelChat,
  { prompt }: Question,
  { signal, timeoutMs }: Asking,
): Promise<Outcome<Said>> {
  const stop = new vscode.CancellationTokenSource();
  const late = AbortSignal.timeout(timeoutMs);
  const ended = signal ? AbortSignal.any([signal, late]) : late;
  const hint = vscode.l10n.t("It counts as not reviewed. Try again, or choose another reviewer.");
  // A model that goes on after it was stopped is not waited for.
  const aborted = new Promise<null>((resolve) => {
    if (ended.aborted) resolve(null);
    ended.addEventListener("abort", () => resolve(null), { once: true });
  });
  try {
    const text = await Promise.race([aborted, read(model, prompt, stop.token)]);
    if (text === null)
      return late.aborted
        ? refused("reviewer-timeout", vscode.l10n.t("{0} did not answer in time.", model.name), hint)
        : refused("cancelled", vscode.l10n.t("The review was cancelled."), hint);
    return text.length > mostCharacters
      ? refused("reviewer-endless", vscode.l10n.t("{0} does not stop answering.", model.name), hint)
      : done({ text, costUsd: null, model: model.name });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused("reviewer-failed", vscode.l10n.t("{0} gave no review: {1}", model.name, why), hint);
  } finally {
    stop.cancel();
    stop.dispose();
  }
}

async function read(
  model: vscode.LanguageModelChat,
  prompt: string,
  token: vscode.CancellationToken,
): Promise<string> {
  const tokens = await model.countTokens(prompt, token);
  if (tokens > model.maxInputTokens)
    throw new Error(
      vscode.l10n.t("the change has {0} tokens, and it takes {1}", tokens, model.maxInputTokens),
    );
  const justification = vscode.l10n.t("To review the change that you chose.");
  const message = vscode.LanguageModelChatMessage.User(prompt);
  const response = await model.sendRequest([message], { justification }, token);
  let text = "";
  for await (const piece of response.text) {
    text += piece;
    if (text.length > mostCharacters) break;
  }
  return text;
}
