import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { aptInstall, canUseApt } from "./debian.mjs";
import { SetupError } from "./report.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "msedge",
];

const places = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((variable) => {
    const folder = process.env[variable];
    return folder
      ? [
          path.join(folder, "Google", "Chrome", "Application", "chrome.exe"),
          path.join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
        ]
      : [];
  }),
};

/**
 * A Chrome, Chromium or Edge of this machine: `CHROME_PATH`, else on PATH, else where it is usually installed.
 * @returns {string | null}
 */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) return named;
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  const usual = process.platform === "darwin" || process.platform === "win32" ? places[process.platform] : [];
  return [...onPath, ...usual].find(isExecutable) ?? null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser that shows the workbench; on Debian as root it is installed when missing.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new SetupError(`CHROME_PATH names ${named}, which does not exist.`);
  const found = findBrowser();
  if (found) return found;
  const packages = ["chromium", "fonts-dejavu-core"];
  if (canUseApt()) await aptInstall(packages);
  const installed = findBrowser();
  if (installed) return installed;
  throw new SetupError(
    [
      "No Chrome, Chromium or Edge was found; the tests and the demo show VS Code in one.",
      process.platform === "linux"
        ? `Install one, for example: sudo apt-get install ${packages.join(" ")}`
        : "Install one, for example Google Chrome.",
      "If there is one in an unusual place, put its path into CHROME_PATH.",
    ].join("\n"),
  );
}
