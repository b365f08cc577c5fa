import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Opens `folder` in the desktop VS Code with the extension at `extension`, in a profile of its own; resolves when the
 * person closes the window or `stop` is aborted, which ends that VS Code.
 */
export async function openDesktop(
  options: { readonly folder: string; readonly extension: string; readonly profile: string },
  stop: AbortSignal,
): Promise<void> {
  const args = [
    "--wait",
    "--new-window",
    "--disable-workspace-trust",
    `--user-data-dir=${options.profile}`,
    `--extensions-dir=${path.join(options.profile, "extensions")}`,
    `--extensionDevelopmentPath=${options.extension}`,
    options.folder,
  ];
  const windows = process.platform === "win32";
  // code.cmd needs a shell, and a shell needs quotes around a path with spaces.
  const child = windows
    ? spawn(
        "code",
        args.map((arg) => `"${arg}"`),
        { stdio: "inherit", shell: true },
      )
    : spawn("code", args, { stdio: "inherit" });
  const closed = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 || stop.aborted ? resolve() : reject(new Error(`code ended with exit code ${code}`)),
    );
  });
  let ending: Promise<void> | undefined;
  const onStop = () => {
    ending = endVsCode(options.profile).then(() => void child.kill());
  };
  stop.addEventListener("abort", onStop, { once: true });
  await closed;
  await ending;
}

/** `code` only asks the real VS Code to open; that one leaves its process id in its profile, and is waited for. */
async function endVsCode(profile: string): Promise<void> {
  const pid = Number(await readFile(path.join(profile, "code.lock"), "utf8").catch(() => "0"));
  if (pid <= 0 || !signal(pid, "SIGTERM")) return;
  for (let round = 0; round < 50 && signal(pid, 0); round++) await sleep(100);
}

/** False when there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}
