// A process of its own for adjudicate.test.ts: overrules the findings `FROM` to `TO` of the repo at `DIR`, in order.
import { openRepo } from "../../src/git/repo";
import { adjudicate } from "../../src/review/adjudicate";
import { readRuns } from "../../src/review/store";

const [dir = "", from = "0", to = "0"] = process.argv.slice(2);

async function main(): Promise<void> {
  const repo = await openRepo(dir);
  if (!repo.ok) throw new Error(repo.refusal.message);
  const [run] = await readRuns(repo.value.commonDir);
  for (const { id } of run?.findings.slice(Number(from), Number(to)) ?? []) {
    const outcome = await adjudicate(repo.value, { finding: id, verdict: "overrule", reason: `by ${from}` });
    if (!outcome.ok) throw new Error(outcome.refusal.message);
  }
}

void main();
