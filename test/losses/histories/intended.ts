import { filler, type History, receiptFiles, type Story } from "../story";

/** Deletions that are meant, and such that only a person can tell. */
export const intended: readonly History[] = [
  {
    name: "a revert that says so",
    build(s) {
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.git("revert", "--no-edit", "main");
    },
    expect: { "src/shop.ts": "intended", "src/receipt.ts": "intended", "src/receipt.test.ts": "intended" },
    rebase: "same",
  },
  {
    name: "a trailer that says so",
    build: (s) => takeReceiptsOut(s, "refactor: no receipts\n\nIntentional-removal: the law changed"),
    expect: { "src/shop.ts": "intended", "src/receipt.ts": "intended", "src/receipt.test.ts": "intended" },
    rebase: "same",
  },
  {
    name: "a trailer for one path excuses no other",
    build: (s) => takeReceiptsOut(s, "refactor: no receipts\n\nIntentional-removal: src/receipt.test.ts"),
    expect: { "src/shop.ts": "loss", "src/receipt.ts": "loss", "src/receipt.test.ts": "intended" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a commit that only speaks of a revert excuses nothing",
    build: (s) => takeReceiptsOut(s, "fix: do not revert orders twice"),
    expect: { "src/shop.ts": "loss", "src/receipt.ts": "loss", "src/receipt.test.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a revert of one landing excuses no loss of another",
    build(s) {
      const old = s.read("src/shop.ts");
      s.landReceipts().as("owner");
      const other = s.commit("feat: tax (#14)", { "src/tax.ts": filler("tax", 6) });
      s.switch("agent-b", "main").as("agent-b").git("rm", "-q", "src/tax.ts");
      s.commit(`Revert "feat: tax (#14)"\n\nThis reverts commit ${other}.`, { "src/shop.ts": old });
    },
    expect: { "src/shop.ts": "loss", "src/tax.ts": "intended" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the branch's own target is old work",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").as("agent-b");
      s.git("rm", "-q", "src/legacy.ts");
      s.commit("refactor: drop the first version");
    },
    expect: { "src/legacy.ts": "intended", "src/receipt.ts": "kept", "src/shop.ts": "kept" },
    rebase: "same",
  },
  {
    name: "deleted here, edited there",
    build(s) {
      s.switch("agent-b", "main").switch("main").as("agent-a");
      const more = `${s.read("src/legacy.ts")}export const fixed = repair("2026-1");\n`;
      s.commit("fix: the first version (#12)", { "src/legacy.ts": more });
      s.switch("agent-b").as("agent-b").git("rm", "-q", "src/legacy.ts");
      s.commit("refactor: drop the first version");
    },
    expect: { "src/legacy.ts": "conflict" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "old code removed next to code that main changed",
    build(s) {
      s.switch("agent-b", "main").switch("main").as("agent-a");
      const taxed = "\nexport function taxed(cents: number): number {\n  return cents * 1.19;\n}\n";
      s.commit("feat: taxes (#12)", { "src/price.ts": `// money\n${s.read("src/price.ts")}${taxed}` });
      s.switch("agent-b").as("agent-b");
      const short = s.read("src/price.ts").split("\n").slice(0, 4).join("\n");
      s.commit("refactor: drop shown", { "src/price.ts": `${short}\nexport const currency = 978;\n` });
    },
    expect: { "src/price.ts": "conflict" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an hour-old file deleted by somebody who saw it",
    build(s) {
      s.landReceipts().switch("agent-b", "main").as("agent-b").git("rm", "-q", "src/receipt.test.ts");
      s.commit("test: check receipts from outside");
      s.ownWork();
    },
    expect: { "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "recent code rewritten in a new way on a fresh base",
    build(s) {
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      const before =
        "  if (receipt !== null) {\n    writeReceipt(receipt, cents);\n    note(receipt);\n  }\n";
      s.commit("refactor: steps", {
        ...s.edit("src/shop.ts", before, "  for (const step of stepsFor(receipt)) step(cents);\n"),
        "src/steps.ts": filler("step", 4),
      });
    },
    expect: { "src/shop.ts": "kept|intended" },
    rebase: "same",
  },
  {
    name: "merged, reverted on main, and the branch goes on",
    build(s) {
      s.switch("agent-b", "main").as("agent-b").commit("feat: receipts", receiptFiles);
      s.switch("main").as("owner");
      s.git("merge", "-q", "--no-ff", "-m", "Merge pull request #12 from x/agent-b", "agent-b");
      s.git("revert", "-m", "1", "--no-edit", "HEAD");
      s.switch("agent-b").ownWork();
    },
    expect: {},
    rebase: "same",
    notes: ["own-work-missing src/receipt.test.ts", "own-work-missing src/receipt.ts"],
  },
  {
    name: "a rewrite drops another's commit from the branch",
    build(s) {
      s.switch("agent-b", "main").ownWork();
      s.as("agent-a").commit("feat: receipts", receiptFiles);
      s.git("reset", "-q", "--hard", "HEAD~1");
      s.as("agent-b").commit("feat: more", { "src/more.ts": filler("more", 3) });
    },
    expect: {},
    rebase: "same",
    notes: ["branch-loss"],
  },
  ...["merge -q --ff-only main", "rebase -q main", "pull -q --ff-only . main"].map(
    (command): History => ({
      name: `a branch that caught up (${command}) had what it deletes afterwards before it`,
      build(s) {
        s.switch("agent-b", "main").switch("main").as("agent-a");
        s.commit("feat: receipts (#12)", receiptFiles);
        s.switch("agent-b")
          .as("agent-b")
          .git(...command.split(" "));
        s.git("rm", "-q", ...Object.keys(receiptFiles));
        s.commit("chore: tidy");
      },
      expect: { "src/receipt.ts": "question", "src/receipt.test.ts": "question" },
      rebase: "same",
      pr: 12,
    }),
  ),
];

/** On a fresh branch, the receipts that just landed are taken out again. */
function takeReceiptsOut(s: Story, message: string): void {
  s.landReceipts().switch("agent-b", "main").as("agent-b");
  s.git("rm", "-q", ...Object.keys(receiptFiles));
  s.git("checkout", "-q", "main~1", "--", "src/shop.ts");
  s.commit(message);
}
