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
    name: "an old text of one's own is lost all the same",
    build(s) {
      const old = s.read("src/shop.ts");
      severalPeople(s, "erin")
        .switch("agent-b", "main")
        .as("erin")
        .commit("feat: more", { "more.md": "more\n" });
      s.commit("feat: other", { "src/shop.ts": old });
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "what an agent takes away under its owner's name is asked about",
    build(s) {
      severalPeople(s, "erin").switch("agent-b", "main").as("erin").git("rm", "-q", "src/receipt.test.ts");
      s.commit("feat: more\n\nCo-Authored-By: Claude <noreply@anthropic.com>");
    },
    expect: { "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "commits that were set on a landing later have carried nothing of it",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").ownWork();
      s.git("rebase", "-q", "main");
      s.git("reflog", "expire", "--expire=now", "--all");
      dropTest(s, "agent-b");
    },
    expect: { "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "all that somebody wrote of a landing goes, beside what a program wrote",
    build(s) {
      const files = {
        "src/tax.ts": filler("tax", 6),
        "package-lock.json": "{}\n",
        "b/package-lock.json": "{}\n",
      };
      s.as("agent-a").commit("feat: tax (#12)", files);
      s.switch("agent-b", "main").ownWork().git("rm", "-q", "src/tax.ts");
      s.commit("feat: more");
    },
    expect: { "src/tax.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a line of pull requests is brought into main, one of which had put an old text back",
    build(s) {
      const old = s.read("src/shop.ts");
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.land("fix: shop as it was (#30)", { "src/shop.ts": old });
      s.land("feat: more (#31)", { "other.md": "other\n" });
    },
    expect: { "src/shop.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "copies of what main has are no line of their own",
    build(s) {
      s.as("carl").commit("docs: more (#31)", { "more.md": "more\n" });
      const old = s.read("src/shop.ts");
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.land("fix: shop as it was (#12)", { "src/shop.ts": old });
      s.land("feat: other (#31)", { "other.md": "other\n" });
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "numbers in subjects alone make no line of pull requests",
    build(s) {
      s.switch("agent-b", "main")
        .ownWork("feat: discounts (#31)")
        .switch("main")
        .landReceipts()
        .switch("agent-b");
      s.as("agent-b").softReset("feat: discounts (#31)");
      s.git("reflog", "expire", "--expire=now", "--all");
      s.commit("docs: discounts (#33)", { "docs.md": "discounts\n" });
    },
    expect: { "src/shop.ts": "loss", "src/receipt.ts": "loss", "src/receipt.test.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  ...(
    [
      [
        "a commit that says what it takes back is asked about",
        "Replaces the place for that, new in #12.",
        "question",
      ],
      [
        "a commit that follows a landing knows nothing of what it loses",
        "Follow-up to #12, in main now.",
        "loss",
      ],
      ["another repo's number is no landing's", "Replaces what vitejs/vite#12 was for.", "loss"],
      [
        "a body that names the file without taking it away",
        "- src/shop.ts: replaced the sum by another",
        "loss",
      ],
      ["a dropdown takes nothing away", "Adds a dropdown to shop.tsx-forms.", "loss"],
    ] as const
  ).map(
    ([name, body, word]): History => ({
      name,
      build(s) {
        const old = s.read("src/shop.ts");
        s.landReceipts().switch("agent-b", "main").as("agent-b");
        s.commit(`fix: sell\n\n${body}`, { "src/shop.ts": old });
      },
      expect: { "src/shop.ts": word },
      rebase: "same",
      pr: 12,
    }),
  ),
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
    name: "old lines that come back take nothing along because a new line beside them has the same word",
    build(s) {
      const code = (more: string, own = "") =>
        `export function total(cart${more}) {\n  const sum = add(cart${more});\n  return round(sum${more});\n}\n${own}`;
      s.as("owner").commit("feat: total", { "src/total.ts": code("") });
      s.as("agent-a").commit("feat: countries (#12)", { "src/total.ts": code(", country") });
      const own = "export function shipping(country) {\n  return country;\n}\n";
      s.switch("agent-b", "main")
        .as("agent-b")
        .commit("feat: shipping", { "src/total.ts": code("", own) });
    },
    expect: { "src/total.ts": "loss" },
    rebase: "same",
    pr: 12,
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
