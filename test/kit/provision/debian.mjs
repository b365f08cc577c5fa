import { existsSync } from "node:fs";
import { command } from "./command.mjs";
import { step } from "./report.mjs";

/** Whether missing system packages can be installed from here without asking anybody. */
export function canUseApt() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** @param {readonly string[]} packages */
export async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await step(`Installing ${packages.join(", ")} (apt-get)`, async () => {
    await command("apt-get", ["update", "-q"], { env });
    await command("apt-get", ["install", "-qy", "--no-install-recommends", ...packages], { env });
  });
}
