import * as vscode from "vscode";

/** Shows a notification with progress and a Cancel button while `action` runs. */
export async function withCancel<T>(
  title: string,
  action: (signal: AbortSignal, report: (step: string) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const listening = token.onCancellationRequested(() => controller.abort());
    try {
      return await action(controller.signal, (step) => progress.report({ message: step }));
    } finally {
      listening.dispose();
    }
  });
}
