import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { readText, writeIfOther } from "../store/atomic";
import { geminiExtension } from "./state";

/** Where Gemini looks for an extension of ours. It takes hooks from nowhere else but settings, which are the person's. */
export function geminiExtensionDir(): string {
  const home = process.env.GEMINI_CLI_HOME || homedir();
  return path.join(home, ".gemini", "extensions", "agent-foreman");
}

export async function hasGeminiExtension(): Promise<boolean> {
  return (await readText(path.join(geminiExtensionDir(), "gemini-extension.json"))) !== null;
}

/** Writes it, or brings it up to date; it does nothing where nobody started Gemini from here. */
export async function writeGeminiExtension(): Promise<void> {
  for (const [name, text] of Object.entries(geminiExtension))
    await writeIfOther(path.join(geminiExtensionDir(), name), text);
}

export async function removeGeminiExtension(): Promise<void> {
  await rm(geminiExtensionDir(), { recursive: true, force: true });
}
