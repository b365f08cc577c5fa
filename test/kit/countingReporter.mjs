import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";

/**
 * mocha's usual report, which also leaves `{passed, failed, failures}` in the file that AGENT_FOREMAN_COUNTS names: how many,
 * and a line for each failure.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  /** @param {import("mocha").Runner} runner @param {import("mocha").MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.AGENT_FOREMAN_COUNTS;
    if (!file) return;
    /** @type {string[]} */
    const lines = [];
    runner.on("fail", (test, error) => {
      const [first] = String(error?.message ?? error).split("\n");
      lines.push(`${test.fullTitle()}: ${first}`);
    });
    runner.once("end", () => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
      mkdirSync(path.dirname(file), { recursive: true });
      // A skipped test would be a promise that nobody checks, so it counts as failed.
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures + pending, failures: lines }));
    });
  }
}
