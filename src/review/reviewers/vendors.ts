import type { Adapter } from "./adapter";
import { claude } from "./claude";
import { codex } from "./codex";
import { copilot } from "./copilot";
import { gemini } from "./gemini";

/** The reviewers that we know by name, in the order in which they are offered. */
export const vendors: readonly Adapter[] = [claude, codex, gemini, copilot];
