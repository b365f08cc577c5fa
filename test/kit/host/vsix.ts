import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { VsCodeServer } from "../provision/vscodeServer.mjs";
import { folderArguments } from "./server";

const root = path.resolve(__dirname, "../../..");
const run = promisify(execFile);

/** Packages the extension as it would be published; resolves with the file's path. */
export async function packageVsix(): Promise<string> {
  const file = path.join(root, "test-results", "agent-foreman.vsix");
  await mkdir(path.dirname(file), { recursive: true });
  await run("npm", ["run", "package", "--", "--out", file], {
    cwd: root,
    shell: process.platform === "win32",
    maxBuffer: 1 << 26,
  });
  return file;
}

/** Installs a .vsix into the server's folder `dir`, by the server's own installer. */
export async function installVsix(vscode: VsCodeServer, dir: string, vsix: string): Promise<void> {
  await run(vscode.node, [vscode.main, ...folderArguments(dir), "--install-extension", vsix], {
    maxBuffer: 1 << 26,
  });
}
