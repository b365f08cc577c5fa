/**
 * @typedef {object} HostVersion
 * @property {"oldest" | "newest"} name
 * @property {string} vscode its version on npm
 * @property {string} download what test-electron downloads where that is possible
 * @property {string} codeServer the npm package that ships the same VS Code
 * @property {number} node the major version that package runs on
 * @property {Readonly<Record<string, string>>} replace packages of it that need a compiler or a download from GitHub,
 *   and the version on the npm registry that ships ready-made binaries
 */

/**
 * The VS Code versions that the extension is tested on: the floor of `engines.vscode` and the newest.
 * @type {readonly HostVersion[]}
 */
export const hostVersions = [
  {
    name: "oldest",
    vscode: "1.105.1",
    download: "1.105.1",
    codeServer: "4.105.1",
    node: 22,
    replace: { "@parcel/watcher": "2.5.1", "@vscode/ripgrep": "1.18.0", "node-pty": "1.2.0-beta.15" },
  },
  { name: "newest", vscode: "1.139.1", download: "stable", codeServer: "4.139.1", node: 24, replace: {} },
];

export const newest = /** @type {HostVersion} */ (hostVersions.at(-1));
