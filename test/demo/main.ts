import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProfile } from "../kit/host/profile";
import type { VsCodeServer } from "../kit/provision/vscodeServer.mjs";
import { buildStory, removeStory } from "../kit/story";
import { openInBrowser } from "./browser";
import { openDesktop } from "./desktop";

/** Shows the story: in `vscode` in a browser, or in the desktop VS Code when there is none. */
async function main(vscode: VsCodeServer | null, stop: AbortSignal): Promise<void> {
  const story = buildStory(mkdtempSync(path.join(tmpdir(), "agent-foreman-demo-")));
  const profile = path.join(story.root, ".vscode-profile");
  try {
    writeProfile(profile);
    console.log(
      [
        "",
        `The demo's repo is ${story.repo}: a small expense tracker, on which three agents work.`,
        "  agent/csv-export    Claude Code's CSV export; squash-merged as #12, so it can be removed",
        "  agent/dark-mode     GitHub Copilot is in the middle of it; its worktree is locked and has changed files",
        "  agent/tidy-storage  Codex's; looks up to date with main, and would delete the CSV export",
      ].join("\n"),
    );
    if (vscode) await openInBrowser(vscode, { folder: story.repo, profile }, stop);
    else {
      console.log(
        "\nOpening it in VS Code: click the hard hat at its left edge. Close the window, or press Ctrl-C here, to end the demo.",
      );
      const extension = path.resolve(__dirname, "../..");
      await openDesktop({ folder: story.repo, extension, profile }, stop);
    }
  } finally {
    removeStory(story);
    console.log("The demo is gone, with all its files.");
  }
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
const [vscode = "null"] = process.argv.slice(2);
main(JSON.parse(vscode), stop.signal).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
