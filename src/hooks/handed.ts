import path from "node:path";
import { geminiExtensionDir } from "./geminiExtension";
import { copilotPluginDir, stateScriptFile, stateSettingsFile } from "./home";
import { codexArguments, copilotPlugin, geminiExtension, scriptVariable, stateSettings } from "./state";

/** What an agent is handed when it is started from here, so that it tells what it does. */
export interface Handed {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What its person is shown before they say yes: where the hooks are, and they themselves. */
  readonly where: string;
  readonly text: string;
}

/** Null: this agent has no hooks, or none that would run here. */
export function handedTo(agent: string, commonDir: string): Handed | null {
  // The others' hooks are run by PowerShell on Windows.
  if (process.platform === "win32" && agent !== "claude") return null;
  switch (agent) {
    case "claude": {
      const where = stateSettingsFile(commonDir);
      return { args: ["--settings", where], env: {}, where, text: stateSettings(commonDir) };
    }
    case "codex": {
      const args = codexArguments(commonDir);
      const text = args.filter((each) => each !== "-c").join("\n");
      return { args, env: {}, where: stateScriptFile(commonDir), text: `${text}\n` };
    }
    case "copilot": {
      const where = copilotPluginDir(commonDir);
      const text = copilotPlugin(commonDir)["hooks.json"];
      return { args: ["--plugin-dir", where], env: {}, where, text };
    }
    case "gemini": {
      const where = geminiExtensionDir();
      const text = geminiExtension[path.join("hooks", "hooks.json")] ?? "";
      return { args: [], env: { [scriptVariable]: stateScriptFile(commonDir) }, where, text };
    }
    default:
      return null;
  }
}
