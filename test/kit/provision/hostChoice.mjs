import { existsSync } from "node:fs";
import path from "node:path";
import { SetupError, say } from "./report.mjs";

const downloads = "https://update.code.visualstudio.com/api/releases/stable";

/**
 * Where the VS Code that runs the host tests comes from: `download` (by @vscode/test-electron) or `npm`.
 * `AGENT_FOREMAN_HOST` decides when it is set. Says what was chosen and why.
 * @returns {Promise<"download" | "npm">}
 */
export async function chooseHost() {
  const { host, why } = await choose();
  const what = host === "download" ? "downloaded by @vscode/test-electron" : "from npm, in a browser";
  say(`[set-up] VS Code for the host tests: ${what}, because ${why}.`);
  return host;
}

/** @returns {Promise<{host: "download" | "npm", why: string}>} */
async function choose() {
  const wanted = process.env.AGENT_FOREMAN_HOST;
  if (wanted === "download" || wanted === "npm") return { host: wanted, why: "AGENT_FOREMAN_HOST says so" };
  if (wanted) throw new SetupError(`AGENT_FOREMAN_HOST must be "download" or "npm", not "${wanted}".`);
  if (needsDisplay() && !hasVirtualDisplay())
    return { host: "npm", why: "this machine has neither a display nor xvfb-run" };
  try {
    const answer = await fetch(downloads, { method: "HEAD", signal: AbortSignal.timeout(5000) });
    if (answer.ok) return { host: "download", why: `${new URL(downloads).host} answers` };
    return { host: "npm", why: `${new URL(downloads).host} answers with ${answer.status}` };
  } catch {
    return { host: "npm", why: `${new URL(downloads).host} cannot be reached` };
  }
}

/** Whether a desktop VS Code would find no display to draw on. */
export function needsDisplay() {
  return process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

function hasVirtualDisplay() {
  return onPath(["xvfb-run"]);
}

/**
 * Where the demo is shown: the desktop VS Code where there is one, else one from npm in a browser.
 * `AGENT_FOREMAN_HOST=npm` asks for the latter. Says what was chosen and why.
 * @returns {"desktop" | "npm"}
 */
export function chooseDemoHost() {
  const { host, why } = chooseDemo();
  const what = host === "desktop" ? "the desktop's" : "one from npm, in a browser";
  say(`[set-up] VS Code for the demo: ${what}, because ${why}.`);
  return host;
}

/** @returns {{host: "desktop" | "npm", why: string}} */
function chooseDemo() {
  if (process.env.AGENT_FOREMAN_HOST === "npm") return { host: "npm", why: "AGENT_FOREMAN_HOST says so" };
  if (needsDisplay()) return { host: "npm", why: "this machine has no display" };
  if (onPath(["code", "code.cmd"])) return { host: "desktop", why: "`code` is on PATH" };
  return { host: "npm", why: "there is no `code` on PATH" };
}

/** @param {readonly string[]} names */
function onPath(names) {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .some((folder) => names.some((name) => existsSync(path.join(folder, name))));
}
