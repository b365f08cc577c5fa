import type * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Program } from "../../hooks/launcher";
import type { Fleets } from "../fleets";

/** Hooks run a copy of our program, which an update of the extension would leave behind: each repo's is renewed once. */
export function keepHooksCurrent(
  fleets: Fleets,
  program: Program,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const renewed = new WeakSet<Fleet>();
  return fleets.onDidChange((change) => {
    if (change) return;
    for (const fleet of fleets.all) {
      if (renewed.has(fleet)) continue;
      renewed.add(fleet);
      void renew(fleet.repo.commonDir, program).catch((error) => log.warn(`hooks: ${error}`));
    }
  });
}

async function renew(commonDir: string, program: Program): Promise<void> {
  const { updateLauncher } = await import("../../hooks/launcher");
  await updateLauncher(commonDir, program);
}
