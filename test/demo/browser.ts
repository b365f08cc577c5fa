import { startServer } from "../kit/host/server";
import { installVsix, packageVsix } from "../kit/host/vsix";
import type { VsCodeServer } from "../kit/provision/vscodeServer.mjs";

/**
 * Serves VS Code with the packaged extension on this machine's loopback, for any browser that has the address; resolves
 * when `stop` is aborted and the server is gone.
 */
export async function openInBrowser(
  vscode: VsCodeServer,
  options: { readonly folder: string; readonly profile: string },
  stop: AbortSignal,
): Promise<void> {
  const stopped = new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
  await installVsix(vscode, options.profile, await packageVsix());
  if (stop.aborted) return;
  const server = await startServer(vscode, {
    dir: options.profile,
    defaultFolder: options.folder,
    automation: false,
    token: true,
  });
  console.log(`\nOpen this address in a browser:  http://${server.authority}/?tkn=${server.token}\n`);
  console.log(
    [
      "The hard hat at the left edge opens the view.",
      "Only this machine can reach the address, and only with that token. Ctrl-C ends the demo and removes it all.",
    ].join("\n"),
  );
  await stopped;
  await server.stop();
}
