// What a window's extension does for adjudicate.test.ts, in a process of its own: overrules the findings `FROM` to `TO` of
// the repo at `DIR`, in order, and reads what its panel would show every now and then.
import { openRepo } from "../../src/git/repo";
import { adjudicate } from "../../src/review/adjudicate";
import { readReview } from "../../src/review/review";
import { readRuns } from "../../src/review/store";

const [dir = "", from = "0", to = "0"] = process.argv.slice(2);

async function main(): Promise<void> {
  const repo = await openRepo(dir);
  if (!repo.ok) throw new Error(repo.refusal.message);
  const [run] = await readRuns(repo.value.commonDir);
  for (const [index, { id }] of (run?.findings.slice(Number(from), Number(to)) ?? []).entries()) {
    const outcome = await adjudicate(repo.value, { finding: id, verdict: "overrule", reason: `by ${from}` });
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    if (index % 50 > 0) continue;
    const review = await readReview(repo.value, "HEAD");
    if (!review.ok || review.value.findings.find((each) => each.id === id)?.status !== "overruled")
      throw new Error(`the panel would not show what was decided on ${id}`);
  }
}

void main();
