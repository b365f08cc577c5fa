import * as vscode from "vscode";
import { remedy } from "../../losses/remedy";
import { lossOf } from "../editor/lossOf";
import type { Mark } from "../editor/mark";
import { type Restored, restoreFile, restoreLines, restoreName, type UriOf } from "../editor/restore";
import type { LossArgument } from "../manifest";
import { withoutLinks } from "../markdown";
import type { Services } from "./services";

type Way = (repo: Found["fleet"]["repo"], mark: Mark, uriOf: UriOf) => Promise<Restored>;
type Found = NonNullable<Awaited<ReturnType<typeof lossOf>>>;

/** Gets back what would be lost, in the way that fits what it is. */
export async function restoreLoss(services: Services, argument?: LossArgument): Promise<void> {
  await restore(services, argument, (repo, mark, uriOf) => {
    switch (mark.deletion.kind) {
      case "lines":
      case "resurrected-old-version":
        return restoreLines(repo, mark, uriOf);
      case "file":
      case "binary":
        return restoreFile(repo, mark, uriOf);
      case "move-undone":
        return restoreName(mark, uriOf);
      case "mode":
      case "submodule":
        return Promise.resolve({
          done: false,
          why: vscode.l10n.t("An editor cannot restore this, but git can."),
          command: true,
        });
    }
  });
}

/** Makes the whole file what the target has. */
export async function restoreWholeFile(services: Services, argument?: LossArgument): Promise<void> {
  await restore(services, argument, restoreFile);
}

async function restore(services: Services, argument: LossArgument | undefined, way: Way): Promise<void> {
  const found = await lossOf(services, argument);
  if (!found) return;
  const { fleet, worktree, check, mark } = found;
  const { uriOf } = await services.editor.room();
  const restored = await way(fleet.repo, mark, uriOf);
  if (!restored.done) {
    const copy = vscode.l10n.t("Copy Command");
    const choices = restored.command ? [copy] : [];
    const chosen = await vscode.window.showWarningMessage(withoutLinks(restored.why), ...choices);
    if (chosen === copy) await vscode.env.clipboard.writeText(remedy(check, mark.deletion));
    return;
  }
  const { uri, line } = restored;
  if (uri) {
    const selection = new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(uri, { selection, preview: false });
  }
  await fleet.refresh({ paths: [worktree.path] });
}
