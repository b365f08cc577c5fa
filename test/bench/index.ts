import { printTable } from "./measure";
import { benchList, buildRepo } from "./worktrees";

async function main(): Promise<void> {
  await benchList(buildRepo(5_000), process.argv.includes("--quick") ? [10] : [10, 50, 200]);
  printTable();
}

void main();
