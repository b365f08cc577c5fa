import { writeFile } from "node:fs/promises";
import path from "node:path";
import { command } from "./command.mjs";
import { cached } from "./folders.mjs";
import { step } from "./report.mjs";

/**
 * A node of the wanted major version: the one that runs this when it fits, else one from the npm registry.
 * @param {number} major
 * @returns {Promise<string>} the executable's path
 */
export async function ensureNode(major) {
  if (process.versions.node.split(".")[0] === String(major)) return process.execPath;
  const folder = await cached(`node-${major}`, (partial) =>
    step(`Installing node ${major}, which this VS Code runs on`, async () => {
      // npm asks for a package's install script to be allowed by name; node's own links its binary.
      await writeFile(
        path.join(partial, "package.json"),
        JSON.stringify({ private: true, allowScripts: { node: true } }),
      );
      await command("npm", ["install", "--no-audit", "--no-fund", `node@${major}`], { cwd: partial });
    }),
  );
  return path.join(folder, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
}
