import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "./command.mjs";
import { cached } from "./folders.mjs";
import { ensureNode } from "./node.mjs";
import { SetupError, step } from "./report.mjs";

/**
 * @typedef {object} VsCodeServer a real VS Code that shows its workbench in a browser
 * @property {string} version VS Code's
 * @property {string} node the executable that runs it
 * @property {string} main its server-main.js
 */

/**
 * VS Code from the npm registry (the package `code-server` ships it), installed once and reused.
 *
 * Nothing of it is compiled here: what matters comes with binaries, its log writer is replaced by a plain one, and the
 * rest (Kerberos, a watchdog) is optional to it. So neither a compiler nor node's headers are needed.
 * @param {import("./hosts.mjs").HostVersion} host
 * @returns {Promise<VsCodeServer>}
 */
export async function ensureVsCodeServer(host) {
  if (process.platform === "win32")
    throw new SetupError(
      "The VS Code in the npm package code-server does not run on Windows. Use WSL, or a machine that can download VS Code.",
    );
  const node = await ensureNode(host.node);
  const folder = await cached(`code-server-${host.codeServer}`, (partial) =>
    step(`Installing VS Code ${host.vscode} from npm (code-server ${host.codeServer})`, () =>
      install(partial, host, node),
    ),
  );
  return { version: host.vscode, node, main: path.join(vscodeIn(folder), "out", "server-main.js") };
}

/** @param {string} folder */
function vscodeIn(folder) {
  return path.join(folder, "node_modules", "code-server", "lib", "vscode");
}

/**
 * @param {string} folder
 * @param {import("./hosts.mjs").HostVersion} host
 * @param {string} node
 */
async function install(folder, host, node) {
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  /** @param {string} cwd @param {string[]} args */
  const npm = (cwd, ...args) =>
    command("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...args], { cwd, env });

  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  await npm(folder, `code-server@${host.codeServer}`);
  const vscode = vscodeIn(folder);
  await useReadyMade(vscode, host.replace);
  await npm(vscode, "--omit=dev");
  await npm(path.join(vscode, "extensions"), "--omit=dev");
  await copyFile(
    fileURLToPath(new URL("logWriter.cjs", import.meta.url)),
    path.join(vscode, "node_modules", "@vscode", "spdlog", "index.js"),
  );
}

/**
 * Rewrites the manifest and lock of `folder` so that the named packages come from the registry.
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} versions
 */
async function useReadyMade(folder, versions) {
  const manifestFile = path.join(folder, "package.json");
  const lockFile = path.join(folder, "npm-shrinkwrap.json");
  const manifest = JSON.parse(await readFile(manifestFile, "utf8"));
  const lock = JSON.parse(await readFile(lockFile, "utf8"));
  // Without them npm need not even look at what only building VS Code needs.
  delete manifest.devDependencies;
  delete lock.packages[""].devDependencies;
  for (const [name, version] of Object.entries(versions)) {
    manifest.dependencies[name] = version;
    lock.packages[""].dependencies[name] = version;
    delete lock.packages[`node_modules/${name}`];
  }
  await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
  await writeFile(lockFile, JSON.stringify(lock, null, 2));
}
