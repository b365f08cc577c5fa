import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What keeps VS Code quiet and the same on every run: no welcome, no assistants, no news, no network. */
const quiet = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.enabled": false,
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "git.enableStatusBarSync": false,
  "window.commandCenter": false,
  "window.restoreWindows": "none",
};

/** Makes a user's folder with these settings on top of the quiet ones; VS Code reads changes while it runs. */
export function writeProfile(userDataDir: string, settings: Readonly<Record<string, unknown>> = {}): void {
  mkdirSync(path.join(userDataDir, "User"), { recursive: true });
  writeFileSync(
    path.join(userDataDir, "User", "settings.json"),
    JSON.stringify({ ...quiet, ...settings }, null, 2),
  );
}
