import { readdirSync } from "node:fs";
import path from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import CountingReporter from "../kit/countingReporter.mjs";

/** Runs in VS Code's extension host: every test beside this file, once they are bundled. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(`[tests] ${format(...args)}`);
  const mocha = new Mocha({ reporter: CountingReporter, timeout: 60_000, color: false, forbidOnly: true });
  for (const file of readdirSync(__dirname).sort())
    if (file.endsWith(".test.js")) mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
