import * as vscode from "vscode";
import { views } from "../manifest";
import type { Services } from "./services";

/** Looks at everything again; where no repo could be opened, tries to open one. */
export async function refresh({ fleets, pulls }: Services): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: views.worktrees } }, async () => {
    if (fleets.all.length === 0) {
      await fleets.reopen();
      return fleets.open();
    }
    await Promise.all(fleets.all.map((fleet) => fleet.refresh()));
    await Promise.all(fleets.all.map((fleet) => pulls.now(fleet)));
  });
}
