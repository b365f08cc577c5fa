import { benchActivation, benchSizes } from "./extension";
import { benchLanding } from "./landing";
import { benchLosses } from "./losses/time";
import { printTable } from "./measure";
import { benchOverlap } from "./overlap";
import { benchPanel } from "./panel";
import { benchRecovery } from "./recovery";
import { benchList, benchNew, buildRepo } from "./worktrees";

/** `index.ts HOST [--quick]`: HOST as runHostTests.ts takes it. */
async function main([host = "", ...options]: readonly string[]): Promise<void> {
  const quick = options.includes("--quick");
  benchSizes();
  await benchActivation(host, quick ? 3 : 7);
  await benchPanel(quick ? 3 : 10);
  await benchNew(buildRepo(5_000));
  await benchList(buildRepo(5_000), quick ? [10] : [10, 50, 200]);
  await benchLosses(quick ? 30 : 100);
  await benchLanding(quick ? 40 : 200);
  await benchRecovery();
  await benchOverlap(quick ? 20 : 50);
  printTable();
}

void main(process.argv.slice(2));
