import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { command } from "./command.mjs";
import { root } from "./folders.mjs";
import { step } from "./report.mjs";

/** Installs the project's own packages when they are missing or older than the lock file. */
export async function ensureDependencies() {
  const installed = path.join(root, "node_modules", ".package-lock.json");
  const lock = path.join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  await step("Installing the npm packages (npm ci)", () =>
    command("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root }),
  );
}
