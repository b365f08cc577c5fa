import { filler, type History, type Story, wiredShop } from "../story";

const everything = {
  "src/shop.ts": "loss",
  "src/receipt.ts": "loss",
  "src/receipt.test.ts": "loss",
} as const;

/** Merges of main into the branch, proper ones and such that keep only one side. */
export const merges: readonly History[] = [
  {
    name: "a proper sync, then work",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").ownWork().sync();
      s.commit("docs: more", { "readme.md": `${s.read("readme.md")}\nMore.\n` });
    },
    expect: {},
    rebase: "same",
  },
  {
    name: "merge -s ours",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").ownWork();
      s.sync({}, "-s", "ours");
    },
    expect: everything,
    // A replay leaves the merge out, and with it what it dropped.
    rebase: {},
    pr: 12,
  },
  {
    name: "merge -s ours on a branch without work of its own yet",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").as("agent-b");
      s.sync({}, "--no-ff", "-s", "ours").ownWork();
    },
    expect: everything,
    rebase: {},
    pr: 12,
  },
  {
    name: "a conflict settled with the whole own file",
    build: (s) => conflictingHelp(s, (mine) => s.sync({ "src/shop.ts": mine })),
    expect: { "src/shop.ts": "loss" },
    rebase: { "src/shop.ts": "conflict" },
    pr: 12,
  },
  {
    name: "merge -X ours drops only what was in conflict",
    build: (s) => conflictingHelp(s, () => s.sync({}, "-X", "ours")),
    expect: { "src/shop.ts": "loss" },
    rebase: { "src/shop.ts": "conflict" },
    pr: 12,
  },
  {
    name: "a conflict settled with both sides in one line",
    build: (s) =>
      conflictingHelp(s, () =>
        s.sync({
          "src/shop.ts": wiredShop.replace("[--receipt FILE] PRICE...", "[--receipt FILE] PRICE... CENTS..."),
        }),
      ),
    expect: { "src/shop.ts": "kept" },
    rebase: { "src/shop.ts": "conflict" },
  },
  {
    name: "a merge driver of the worktree that always takes the own side",
    build(s) {
      s.git("config", "merge.mine.driver", "true");
      s.commit("chore: merge the shop by hand (#2)", { ".gitattributes": "src/shop.ts merge=mine\n" });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: say more", s.edit("src/shop.ts", 'note("selling");', 'note("selling now");'));
      s.switch("main").landReceipts().switch("agent-b").as("agent-b").sync();
    },
    expect: { "src/shop.ts": "loss" },
    rebase: { "src/shop.ts": "conflict" },
    pr: 12,
  },
  {
    name: "a shared branch that goes on after it was squashed is in conflict",
    build: (s) => void squashedTax(s).switch("agent-b").ownWork(),
    expect: { "src/tax.ts": "conflict" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the same, settled with the own side",
    build(s) {
      squashedTax(s).switch("agent-b").ownWork();
      s.sync({ "src/tax.ts": s.read("src/tax.ts") });
    },
    expect: { "src/tax.ts": "loss" },
    rebase: { "src/tax.ts": "conflict" },
    pr: 12,
  },
  {
    name: "a stacked branch whose base was squashed with a change",
    build(s) {
      s.switch("agent-a", "main")
        .as("agent-a")
        .commit("feat: tax", { "src/tax.ts": "export const rate = 19;\n" });
      s.switch("agent-b", "agent-a").as("agent-b");
      s.commit("feat: zones", { "src/tax.ts": 'export const rate = 19;\nexport const zones = ["a"];\n' });
      s.squash("agent-a", "feat: tax (#12)", { "src/tax.ts": "export const rate = 21;\n" });
    },
    expect: { "src/tax.ts": "conflict" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "main edits a line of what the branch took out, and the conflict is settled without it",
    build(s) {
      s.switch("agent-b", "main").as("agent-b");
      const [top = "", ...rest] = s.read("src/price.ts").split("\n\n");
      const mine = `${top}\n\nexport const currency = "a name for it";\n`;
      s.commit("refactor: shown is not used", { "src/price.ts": mine });
      s.switch("main").as("agent-a");
      const edited = [top, rest.join("\n\n").replace("toFixed(2)", "toFixed(3)")].join("\n\n");
      s.commit("fix: more digits (#12)", { "src/price.ts": edited });
      s.switch("agent-b").as("agent-b");
      s.sync({ "src/price.ts": mine }).git("reflog", "expire", "--expire=now", "--all");
    },
    expect: { "src/price.ts": "question" },
    rebase: { "src/price.ts": "conflict" },
    pr: 12,
  },
  {
    name: "main edits a file that the branch moves, and the merge takes the branch's own",
    build(s) {
      s.switch("agent-b", "main").as("agent-b").git("mv", "src/price.ts", "src/money.ts");
      s.commit("refactor: money");
      const mine = s.read("src/money.ts");
      s.switch("main").as("agent-a");
      const more = "\nexport function taxed(cents: number): number {\n  return cents * 1.19;\n}\n";
      s.commit("feat: taxes (#12)", { "src/price.ts": `${s.read("src/price.ts")}${more}` });
      s.switch("agent-b").as("agent-b").git("merge", "-q", "--no-commit", "main");
      s.commit("Merge main", { "src/money.ts": mine });
    },
    expect: { "src/price.ts": "loss" },
    rebase: {},
    pr: 12,
  },
  {
    name: "another project is merged into a folder of its own, and has deleted a file",
    build(s) {
      s.git("switch", "-q", "--orphan", "other");
      s.as("carl").commit("start", { "a.ts": filler("a", 5), "b.ts": filler("b", 9) });
      s.switch("main").git(
        "merge",
        "-q",
        "-s",
        "ours",
        "--no-commit",
        "--allow-unrelated-histories",
        "other",
      );
      s.commit("feat: other (#12)", { "other/a.ts": filler("a", 5), "other/b.ts": filler("b", 9) });
      s.switch("other").as("carl").git("rm", "-q", "b.ts");
      s.commit("refactor: no b");
      s.switch("agent-b", "main").as("agent-b").git("merge", "-q", "-s", "ours", "--no-commit", "other");
      s.git("rm", "-q", "other/b.ts");
      s.commit("Merge other");
    },
    expect: { "other/b.ts": "question" },
    rebase: { "other/b.ts": "conflict" },
    pr: 12,
  },
  {
    name: "a line that the branch has other words for is merged in those words",
    build(s) {
      const routes = (count: number, get: string) =>
        Array.from(
          { length: count },
          (_, i) =>
            `route("/${i}", async (req) => {\n  const user = await ${get}(req);\n  return page${i}(user);\n});\n`,
        ).join("\n");
      s.commit("feat: routes", { "src/routes.ts": routes(3, "getUser") });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("refactor: fetch", { "src/routes.ts": routes(3, "fetchUser") });
      s.switch("main").as("agent-a");
      s.commit("feat: one more (#12)", { "src/routes.ts": routes(4, "getUser") });
      s.switch("agent-b").as("agent-b");
      s.git("merge", "-q", "--no-commit", "main");
      s.commit("Merge main", { "src/routes.ts": routes(4, "fetchUser") });
    },
    expect: { "src/routes.ts": "kept" },
    rebase: "same",
  },
  {
    name: "of a line that stands twice, a conflict settled with the own side throws one away",
    build(s) {
      const menu = (first: string, second: string) =>
        `export const menus = [\n  open("file", ${first}),\n${filler("item", 8)}  open("edit", ${second}),\n];\n`;
      const render = (by: string) => `(item) =>\n  {\n    render(${by}, item);\n  }`;
      const before = menu(render("plainly"), render("plainly"));
      s.commit("feat: menus", { "src/menu.ts": before });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: names", {
        "src/menu.ts": menu(render("plainly"), render("plainly")).replace("plainly", "byName"),
      });
      const mine = s.read("src/menu.ts");
      s.switch("main").as("agent-a");
      s.commit("feat: marks (#12)", { "src/menu.ts": menu(render("withMarks"), render("withMarks")) });
      s.switch("agent-b").as("agent-b");
      s.sync({ "src/menu.ts": mine.replace("plainly", "withMarks") });
    },
    expect: { "src/menu.ts": "loss" },
    rebase: { "src/menu.ts": "conflict" },
    pr: 12,
  },
];

/** Both sides change the line of help; `settle` gets the branch's file. */
function conflictingHelp(s: Story, settle: (mine: string) => void): void {
  s.switch("agent-b", "main").as("agent-b");
  s.commit("feat: prices in help", s.edit("src/shop.ts", "shop PRICE...", "shop PRICE... CENTS..."));
  const mine = s.read("src/shop.ts");
  s.switch("main").landReceipts().switch("agent-b").as("agent-b");
  settle(mine);
}

/** agent-b took agent-a's branch over after its first commit; main squashes both commits. */
function squashedTax(s: Story): Story {
  s.switch("agent-a", "main").as("agent-a");
  const first = 'export const rate = 19;\nexport const zones = ["a", "b"];\n';
  s.commit("feat: tax, first", { "src/tax.ts": first });
  s.git("branch", "agent-b");
  const second = `${first.replace("19", "21")}export const title = "tax of all zones";\n`;
  s.commit("feat: tax, second", { "src/tax.ts": second });
  return s.squash("agent-a", "feat: tax (#12)");
}
