import { spawn } from "node:child_process";
import { SetupError } from "./report.mjs";

const windows = process.platform === "win32";

/**
 * Runs a command of our own making and resolves with its output; a failing one throws with the last lines it wrote.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<string>}
 */
export function command(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // On Windows npm is a .cmd file, which only a shell can start.
    const child = spawn(command, [...args], {
      ...options,
      shell: windows,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", (error) => reject(new SetupError(`${command} could not be started: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split("\n").slice(-25).join("\n");
      reject(new SetupError(`${[command, ...args].join(" ")} failed with exit code ${code}:\n${tail}`));
    });
  });
}
