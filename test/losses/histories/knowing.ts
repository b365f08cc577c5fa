import { filler, type History, receiptFiles, type Story, wiredShop } from "../story";

/** Branches that show whether they knew what they take away. */
export const knowing: readonly History[] = [
  {
    name: "part of a landing goes from a branch that has carried it",
    build: (s) => dropTest(s.landReceipts().switch("agent-b", "main").ownWork(), "agent-b"),
    expect: { "src/receipt.test.ts": "intended" },
    rebase: "same",
  },
  {
    name: "part of a landing goes with the branch's first commit",
    build: (s) => dropTest(s.landReceipts().switch("agent-b", "main"), "agent-b"),
    expect: { "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "part of a landing goes, and the commits before are older than it",
    build(s) {
      s.switch("agent-b", "main").ownWork().switch("main").landReceipts().switch("agent-b").as("agent-b");
      s.git("rebase", "-q", "main");
      s.git("reflog", "expire", "--expire=now", "--all");
      dropTest(s, "agent-b");
    },
    expect: { "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "all of somebody else's landing goes, though the branch has carried it",
    build(s) {
      s.as("agent-a").commit("feat: tax (#12)", { "src/tax.ts": filler("tax", 6) });
      s.switch("agent-b", "main").ownWork().git("rm", "-q", "src/tax.ts");
      s.commit("feat: more");
    },
    expect: { "src/tax.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "part of a landing is taken away by who wrote it, where several people work",
    build: (s) => dropTest(severalPeople(s, "erin").switch("agent-b", "main"), "erin"),
    expect: { "src/receipt.test.ts": "intended" },
    rebase: "same",
  },
  {
    name: "the same under a name that several agents go by",
    build: (s) => dropTest(severalPeople(s, "claude").switch("agent-b", "main"), "claude"),
    expect: { "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the same where one person does it all",
    build(s) {
      s.as("owner").commit("feat: receipts (#12)", { ...receiptFiles, "src/shop.ts": wiredShop });
      s.switch("agent-b", "main");
      dropTest(s, "owner");
    },
    expect: { "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old text of one's own, carried and then put back, is asked about",
    build(s) {
      const old = s.read("src/shop.ts");
      severalPeople(s, "erin")
        .switch("agent-b", "main")
        .as("erin")
        .commit("feat: more", { "more.md": "more\n" });
      s.commit("feat: other", { "src/shop.ts": old });
    },
    expect: { "src/shop.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a line of pull requests is brought into main, one of which had put an old text back",
    build: (s) => lineOfPulls(s, ["fix: shop as it was (#30)", "feat: more (#31)"]),
    expect: { "src/shop.ts": "intended" },
    rebase: "same",
  },
  {
    name: "copies of what main has are no line of their own",
    build(s) {
      s.as("carl").commit("docs: more (#31)", { "more.md": "more\n" });
      lineOfPulls(s, ["fix: shop as it was (#12)", "feat: other (#31)"]);
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a commit that speaks of the landing whose work it takes back is asked about",
    build(s) {
      const old = s.read("src/shop.ts");
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.commit("fix: shop\n\nThe place for that, new in #12, was wrong.", { "src/shop.ts": old });
    },
    expect: { "src/shop.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a copy of a landing speaks of nothing by its own number",
    build(s) {
      const old = s.read("src/shop.ts");
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.commit("feat: receipts (#12)", { "src/shop.ts": old });
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a removal by a name that the lines have",
    build(s) {
      s.as("agent-a").commit("feat: more to sell (#12)", {
        "src/shop.ts": `${s.read("src/shop.ts")}\nexport const is_yanked = (name: string) => name.startsWith("!");\n`,
        "more.md": "more\n",
      });
      const lines = s.read("src/shop.ts").split("\n");
      s.switch("agent-b", "main").as("agent-b");
      s.commit("refactor: other names\n\n- drop `is_yanked`", {
        "src/shop.ts": lines.slice(0, -2).join("\n"),
      });
    },
    expect: { "src/shop.ts": "intended" },
    rebase: "same",
  },
  {
    name: "what a landing had put into a list gets a place of its own",
    build(s) {
      const list = (names: string) => `export const kinds = match(\n  ${names},\n);\n`;
      s.as("owner").commit("feat: kinds", { "src/kinds.ts": list("Path | CommittedFile | Stack => none") });
      const more = list("Path\n  | CommittedFile\n  | Worktree\n  | Stack => none");
      s.as("agent-a").commit("feat: more kinds (#12)", { "src/kinds.ts": more });
      const apart = list("Worktree => source(name),\n  Path | CommittedFile | Stack => none");
      s.switch("agent-b", "main").as("agent-b").commit("feat: worktrees commit", { "src/kinds.ts": apart });
    },
    expect: { "src/kinds.ts": "kept" },
    rebase: "same",
  },
];

function dropTest(s: Story, who: string): void {
  s.as(who).git("rm", "-q", "src/receipt.test.ts");
  s.commit("feat: more");
}

/** The receipts are by `who`, and other people land other things. */
function severalPeople(s: Story, who: string): Story {
  s.as("carl").commit("docs: use (#10)", { "use.md": "use\n" });
  s.as("dora").commit("docs: why (#11)", { "why.md": "why\n" });
  s.as(who).commit("feat: receipts (#12)", { ...receiptFiles, "src/shop.ts": wiredShop });
  return s;
}

/** The branch has what main landed, and then two commits of its own; the first puts the old shop back. */
function lineOfPulls(s: Story, [first = "", second = ""]: readonly string[]): void {
  const old = s.read("src/shop.ts");
  s.landReceipts().switch("agent-b", "main").as("agent-b");
  s.commit(first, { "src/shop.ts": old });
  s.commit(second, { "other.md": "other\n" });
}
