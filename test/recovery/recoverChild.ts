import { openRepo } from "../../src/git/repo";
import { abortRecovery } from "../../src/recovery/abort";
import { continueRecovery } from "../../src/recovery/resume";
import { recoverBranch } from "../../src/recovery/start";

/** Recovers `feature` in a process of its own, to be killed: `<repo> start|continue|abort`. */
async function main([dir = "", what]: readonly string[]): Promise<void> {
  const repo = await openRepo(dir);
  if (!repo.ok) throw new Error(repo.refusal.message);
  console.log("begun");
  const request = { branch: "feature", newBranch: "feature-2", push: true };
  const outcome = await (what === "start"
    ? recoverBranch(repo.value, request)
    : what === "abort"
      ? abortRecovery(repo.value, "feature")
      : continueRecovery(repo.value, "feature"));
  console.log(outcome.ok ? outcome.value.document.state : JSON.stringify(outcome.refusal));
}

void main(process.argv.slice(2));
