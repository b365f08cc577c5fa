import { stripVTControlCharacters } from "node:util";
import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { CreatedWorktree } from "../../worktrees/create";
import { runSetup } from "../../worktrees/setup";
import { visible } from "../markdown";
import { withCancel } from "../progress";
import { settings } from "../settings";
import { tellRefusal } from "../tell";
import type { Services } from "./services";
import { showSetupLog } from "./showSetupLog";

/** Runs the person's setup command in a new worktree, where one is set; tells only when it failed. False: it did not end well. */
export async function runSetupCommand(
  services: Services,
  fleet: Fleet,
  created: Pick<CreatedWorktree, "id" | "path" | "branch">,
): Promise<boolean> {
  const [program, ...args] = settings.read("setupCommand", vscode.Uri.file(fleet.repo.dir));
  if (program === undefined || program === "") return true;
  const title = vscode.l10n.t("Setting up {0}", created.branch);
  const setup = await withCancel(title, (signal, report) =>
    runSetup(fleet.repo, created, [program, ...args], {
      signal,
      onOutput: (text) => report(lastLine(text)),
    }),
  );
  await fleet.refresh({ refs: true });
  if (setup.state !== "failed") return setup.state === "passed";
  void tellRefusal(
    {
      code: "setup-failed",
      message: vscode.l10n.t("The setup command failed in {0}.", created.branch),
      hint: vscode.l10n.t("The worktree is there and can be used; its log says what went wrong."),
    },
    { title: vscode.l10n.t("Show Setup Log"), act: () => showSetupLog(services, { path: created.path }) },
  );
  return false;
}

function lastLine(text: string): string {
  return visible(
    stripVTControlCharacters(text)
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1) ?? "",
  ).slice(0, 120);
}
