import { type Browser, chromium } from "playwright-core";

/** Starts the browser at `executablePath` without a window and without its own network traffic. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Our own endings close it: with these on, a Ctrl-C would end it before the server has been told.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** The address that opens `folder` in the server's workbench; `payload` is what an embedder would hand it. */
export function workbenchUrl(
  server: { readonly authority: string; readonly token: string | null },
  folder: string,
  payload: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set("folder", folder);
  if (server.token !== null) url.searchParams.set("tkn", server.token);
  if (Object.keys(payload).length > 0)
    url.searchParams.set("payload", JSON.stringify(Object.entries(payload)));
  return url.href;
}
