import { filler, type History, type Story } from "../story";

const plainTax = filler("tax", 3);
const typedTax = filler("typedTax", 4);

function bringToMain(s: Story, subject: string): void {
  s.switch("main").as("owner").git("merge", "-q", "--no-ff", "-m", subject, "agent-b");
  s.commit("docs: news", { "news.md": subject });
  s.switch("agent-b").as("agent-b");
}

/** A release line, here agent-b, that is merged into main again and again; then it writes types. */
function ownLine(s: Story, merges: number, days = 4): Story {
  s.commit("feat: tax (#2)", { "src/tax.ts": plainTax + filler("end", 12) });
  s.switch("agent-b", "main").as("agent-b");
  for (let i = 1; i < merges; i++) {
    s.commit(`fix: end ${i}`, s.edit("src/tax.ts", `end${i + 5} = build`, `end${i + 5} = buildWell`));
    bringToMain(s.later(days), `Merge branch 'agent-b' (${i})`);
  }
  s.commit("fix: types", { "src/tax.ts": s.read("src/tax.ts").replace(plainTax, typedTax) });
  return s;
}

/** The old text, with one line more. */
function setBack(s: Story): void {
  const old = s.read("src/tax.ts").replace(typedTax, plainTax);
  s.commit("fix: other types", { "src/tax.ts": `${old}export const last = 1;\n` });
}

/** Branches that are lines of their own. */
export const ownLines: readonly History[] = [
  {
    name: "a line that lands again and again sets back what it had itself brought",
    build(s) {
      bringToMain(ownLine(s, 4), "Merge branch 'agent-b' (4)");
      setBack(s);
    },
    expect: { "src/tax.ts": "question" },
    rebase: "same",
  },
  {
    name: "branches that stand on each other land within some days, and the last one sets that back",
    build(s) {
      bringToMain(ownLine(s, 3, 1), "Merge branch 'agent-b' (3)");
      setBack(s);
    },
    expect: { "src/tax.ts": "loss" },
    rebase: "same",
  },
  {
    name: "a branch that landed once sets that back",
    build(s) {
      bringToMain(ownLine(s, 1), "Merge branch 'agent-b'");
      setBack(s);
    },
    expect: { "src/tax.ts": "loss" },
    rebase: "same",
  },
  {
    name: "a line that lands again and again had set it back before that landed",
    build(s) {
      ownLine(s, 4).git("branch", "landing");
      setBack(s);
      s.switch("main")
        .as("owner")
        .git("merge", "-q", "--no-ff", "-m", "Merge branch 'agent-b' (3)", "landing");
      s.switch("agent-b");
    },
    expect: { "src/tax.ts": "loss" },
    rebase: "same",
  },
];
