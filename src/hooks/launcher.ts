import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { readText, writeAtomic, writeIfOther } from "../store/atomic";
import { copilotPluginDir, type HookName, hooksHome, launcherFile, stateSettingsFile } from "./home";
import { claudeScript, launcherScript, nodeOf, prePushScript } from "./scripts";
import { copilotPlugin, stateScript, stateSettings } from "./state";

/** The program that runs now: its one file, and what runs it. */
export interface Program {
  readonly cli: string;
  readonly node: string;
}

/** Writes what hooks run; the copy of the program stays when an extension's folder goes with its next version. */
export async function writeLauncher(
  commonDir: string,
  program: Program,
  hooks: readonly HookName[],
): Promise<void> {
  const home = hooksHome(commonDir);
  await mkdir(home, { recursive: true });
  const cli = await readFile(program.cli);
  // A project may say that its .js files are ES modules, also in here.
  const copy = path.join(home, "cli.cjs");
  const there = await readFile(copy).catch(() => null);
  if (!there?.equals(cli)) await writeAtomic(copy, cli);
  await writeScript(launcherFile(commonDir), launcherScript(program.node));
  if (hooks.includes("pre-push")) await writeScript(path.join(home, "pre-push"), prePushScript());
  if (hooks.includes("claude")) await writeScript(path.join(home, "claude"), claudeScript());
  if (hooks.includes("state")) {
    await writeIfOther(stateSettingsFile(commonDir), stateSettings(commonDir));
    for (const [name, text] of Object.entries(copilotPlugin(commonDir)))
      await writeIfOther(path.join(copilotPluginDir(commonDir), name), text);
    await writeScript(path.join(home, "state"), stateScript());
  }
}

function writeScript(file: string, text: string): Promise<void> {
  return writeIfOther(file, text, 0o755);
}

/** Which of the scripts are there. */
export async function launchedHooks(commonDir: string): Promise<HookName[]> {
  const names: readonly HookName[] = ["pre-push", "claude", "state"];
  const texts = await Promise.all(names.map((name) => readText(path.join(hooksHome(commonDir), name))));
  return names.filter((_, i) => texts[i] !== null);
}

/** Brings the program that installed hooks run up to date; does nothing where none are installed. */
export async function updateLauncher(commonDir: string, program: Program): Promise<void> {
  const hooks = await launchedHooks(commonDir);
  if (hooks.length === 0) return;
  // What ran it so far may be a node that stays, where VS Code's own goes with its next version.
  const known = nodeOf((await readText(launcherFile(commonDir))) ?? "");
  const stays = known !== null && (await stat(known).catch(() => null)) !== null;
  await writeLauncher(commonDir, { ...program, node: stays ? known : program.node }, hooks);
}

/** Takes a hook's script away, and with the last one all that they share. */
export async function removeLauncher(commonDir: string, hook: HookName): Promise<void> {
  await rm(path.join(hooksHome(commonDir), hook), { force: true });
  if (hook === "state") {
    await rm(stateSettingsFile(commonDir), { force: true });
    await rm(copilotPluginDir(commonDir), { recursive: true, force: true });
  }
  if ((await launchedHooks(commonDir)).length === 0)
    await rm(hooksHome(commonDir), { recursive: true, force: true });
}

/** Whether the copy that hooks run is this very program. */
export async function isUpToDate(commonDir: string, program: Program): Promise<boolean> {
  const sums = await Promise.all(
    [path.join(hooksHome(commonDir), "cli.cjs"), program.cli].map(async (file) => {
      const bytes = await readFile(file).catch(() => null);
      return bytes && createHash("sha256").update(bytes).digest("hex");
    }),
  );
  return sums[0] !== null && sums[0] === sums[1];
}
