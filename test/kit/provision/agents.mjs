import { writeFile } from "node:fs/promises";
import path from "node:path";
import { command } from "./command.mjs";
import { cached } from "./folders.mjs";
import { step } from "./report.mjs";

/** Versions of the agents' real command lines that the tests run, each from its npm package. */
const versions = {
  "@anthropic-ai/claude-code": "2.1.332",
  "@github/copilot": "1.0.102",
  "@google/gemini-cli": "0.61.0",
  "@openai/codex": "0.169.0",
};

/**
 * An agent's real command line, installed once and reused; it speaks to whom its environment names.
 * @param {keyof typeof versions} name of its npm package
 * @param {string} bin its command
 * @returns {Promise<string>} the executable's path
 */
async function ensureAgent(name, bin) {
  const version = versions[name];
  const folder = await cached(`${path.basename(name)}-${version}`, (partial) =>
    step(`Installing ${name} ${version}, which some tests start`, async () => {
      const manifest = { private: true, allowScripts: { [name]: true } };
      await writeFile(path.join(partial, "package.json"), JSON.stringify(manifest));
      await command("npm", ["install", "--no-audit", "--no-fund", `${name}@${version}`], { cwd: partial });
    }),
  );
  const windows = process.platform === "win32";
  return path.join(folder, "node_modules", ".bin", windows ? `${bin}.cmd` : bin);
}

export function ensureClaude() {
  return ensureAgent("@anthropic-ai/claude-code", "claude");
}

export function ensureCodex() {
  return ensureAgent("@openai/codex", "codex");
}

export function ensureCopilot() {
  return ensureAgent("@github/copilot", "copilot");
}

export function ensureGemini() {
  return ensureAgent("@google/gemini-cli", "gemini");
}

/** All of them; together about 900 MB and a minute, once. */
export async function ensureAgents() {
  for (const ensure of [ensureClaude, ensureCodex, ensureCopilot, ensureGemini]) await ensure();
}
