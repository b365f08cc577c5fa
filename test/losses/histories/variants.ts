import { filler, type History, receiptFiles, type Story, wiredShop } from "../story";

const everything = {
  "src/shop.ts": "loss",
  "src/receipt.ts": "loss",
  "src/receipt.test.ts": "loss",
} as const;

/** The same mistakes on other histories: other ways of landing, several landings, moves, parts of files. */
export const variants: readonly History[] = [
  {
    name: "an old tree over a landing that is a merge commit",
    build(s) {
      s.switch("old", "main");
      mergeReceipts(s).switch("old").ownWork("wip").softReset();
      s.git("branch", "-m", "agent-b");
    },
    expect: everything,
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old tree over a landing that was rebased in, commit by commit",
    build(s) {
      s.switch("agent-b", "main").switch("main").as("agent-a");
      s.commit("feat: receipts, the writer (#12)", receiptFiles);
      s.commit("feat: receipts, wired (#12)", { "src/shop.ts": wiredShop });
      s.switch("agent-b").ownWork("wip").softReset();
    },
    expect: everything,
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old tree over three landings, two of them in one file",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().as("agent-c");
      s.commit("feat: tax (#14)", {
        "src/tax.ts": filler("tax", 6),
        ...s.edit("src/shop.ts", "  return sum;", "  audit(sum, 19);\n  return withTax(sum, 19);"),
      });
      s.commit(
        "docs: how to pay (#15)",
        s.edit("readme.md", "Start it and sell.", "Start it, sell, be paid."),
      );
      s.switch("agent-b").ownWork("wip").softReset();
    },
    expect: { ...everything, "src/tax.ts": "loss", "readme.md": "loss|question" },
    rebase: "same",
    pr: 14,
  },
  {
    name: "a folder checked out from three landings ago",
    build(s) {
      s.landReceipts()
        .as("agent-c")
        .commit("feat: tax (#14)", { "src/tax.ts": filler("tax", 6) });
      s.commit(
        "feat: louder (#15)",
        s.edit("src/note.ts", "console.error(text);", "console.error(loud, text);\n  flush(2);"),
      );
      s.switch("agent-b", "main").git("checkout", "-q", "main~3", "--", "src");
      s.ownWork();
    },
    expect: { "src/shop.ts": "loss", "src/note.ts": "loss" },
    rebase: "same",
    pr: 15,
  },
  {
    name: "one of two landings in a file set back, the other kept",
    build(s) {
      const file = (rate: string, title: string) => ({
        "src/rates.ts": `${filler("a", 6)}${rate}${filler("b", 12)}${title}${filler("c", 6)}`,
      });
      const [oldRate, newRate] = [
        "export function rate() {\n  return table.find(zone);\n}\n",
        "export function rate(day) {\n  const season = seasonOf(day);\n  return table.find(zone, season) ?? fail(zone);\n}\n",
      ];
      const [oldTitle, newTitle] = [
        "export const title = head + tail;\n",
        "export const title = join(head, tail);\nexport const short = cut(title, 20);\n",
      ];
      s.commit("feat: rates (#2)", file(oldRate, oldTitle));
      s.as("agent-a").commit("feat: seasons (#12)", file(newRate, oldTitle));
      s.as("agent-c").commit("feat: short titles (#14)", file(newRate, newTitle));
      s.switch("agent-b", "main").as("agent-b").commit("feat: log rates", file(oldRate, newTitle));
    },
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old copy with other line ends",
    build(s) {
      const old = s.read("src/shop.ts");
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.commit("feat: from another machine", { "src/shop.ts": old.replaceAll("\n", "\r\n") });
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old copy with other line ends of a file that only grew",
    build(s) {
      const old = s.read("src/legacy.ts");
      s.as("agent-a").commit("feat: more (#12)", { "src/legacy.ts": `${old}${filler("more", 5)}` });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: from another machine", { "src/legacy.ts": old.replaceAll("\n", "\r\n") });
    },
    expect: { "src/legacy.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "old text under the name that a landing had given the file",
    build(s) {
      const old = s.read("src/legacy.ts");
      s.as("agent-a").git("mv", "src/legacy.ts", "src/first.ts");
      const better = old.replace(
        /^export const legacy(\d) = build\(.*$/gm,
        'export const legacy$1 = made($1, "twice");',
      );
      s.commit("refactor: a better name (#12)", { "src/first.ts": better });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: one more", { "src/first.ts": `${old}export const mine = build("mine", 1);\n` });
    },
    expect: { "src/first.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "old text under a name that has another ending than the one it had",
    build(s) {
      const old = s.read("src/legacy.ts");
      s.as("agent-a").git("mv", "src/legacy.ts", "src/legacy.mts");
      const better = old.replace(
        /^export const legacy(\d) = build\(.*$/gm,
        'export const legacy$1 = made($1, "twice");',
      );
      s.commit("refactor: a module (#12)", { "src/legacy.mts": better });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: one more", { "src/legacy.mts": `${old}export const mine = build("mine", 1);\n` });
    },
    expect: { "src/legacy.mts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old tree undoes a move and what was changed with it",
    build(s) {
      s.switch("agent-b", "main").switch("main").as("agent-a").git("mv", "src/legacy.ts", "src/first.ts");
      const better = s
        .read("src/first.ts")
        .replace(/^export const legacy(\d) = build/gm, "export const legacy$1 = made");
      s.commit("refactor: a better name (#12)", { "src/first.ts": better });
      s.switch("agent-b").ownWork("wip").softReset();
    },
    expect: { "src/first.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old tree undoes the move of a whole folder",
    build(s) {
      s.switch("agent-b", "main").switch("main").as("agent-a").git("mv", "src", "lib");
      s.commit("refactor: src is lib now (#12)");
      s.switch("agent-b")
        .as("agent-b")
        .commit("docs: more", { "readme.md": `${s.read("readme.md")}\nMore.\n` });
      s.softReset();
    },
    expect: {
      "lib/legacy.ts": "loss",
      "lib/note.ts": "loss",
      "lib/price.ts": "loss",
      "lib/shop.ts": "loss",
    },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a whole folder is moved, and one file in it is an old copy",
    build(s) {
      const old = s.read("src/shop.ts");
      s.landReceipts().switch("agent-b", "main").as("agent-b").git("mv", "src", "lib");
      s.commit("refactor: src is lib now", { "lib/shop.ts": old });
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a whole folder is moved, and all of it is kept",
    build(s) {
      s.landReceipts().switch("agent-b", "main").as("agent-b").git("mv", "src", "lib");
      s.commit("refactor: src is lib now");
    },
    expect: { "src/shop.ts": "kept", "src/receipt.ts": "kept", "src/receipt.test.ts": "kept" },
    rebase: "same",
  },
  {
    name: "a fix of three lines left out by a file written from an old copy",
    build(s) {
      const old = s.read("src/note.ts");
      const guard = "  if (text.length === 0) return;\n  const shown = text.trimEnd();\n  count(shown);\n";
      s.as("agent-a").commit("fix: no empty notes (#12)", {
        "src/note.ts": old.replace("  console.error(text);\n", `${guard}  console.error(shown);\n`),
      });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: notes with a time", {
        "src/note.ts": `${old}\nexport function timed(text: string): void {\n  note(now() + text);\n}\n`,
      });
    },
    expect: { "src/note.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a fix of one line set back among other work",
    build(s) {
      s.as("agent-a").commit(
        "fix: round up (#12)",
        s.edit("src/price.ts", "toFixed(2)", "toFixed(roundingOf(cents))"),
      );
      s.switch("agent-b", "main").as("agent-b");
      const set = s.edit("src/price.ts", "toFixed(roundingOf(cents))", "toFixed(2)")["src/price.ts"];
      s.commit("feat: names", { "src/price.ts": `${set}\n${filler("name", 4)}` });
    },
    expect: { "src/price.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "lines that a landing had taken out are back in a file with other work",
    build(s) {
      const old = s.read("src/legacy.ts");
      s.as("agent-a").commit("fix: these are not safe (#12)", {
        "src/legacy.ts": old.split("\n").toSpliced(8, 9).join("\n"),
      });
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: one more", { "src/legacy.ts": `${old}export const mine = build("mine", 1);\n` });
    },
    expect: { "src/legacy.ts": "loss|question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a link set back to its old target",
    build(s) {
      const link = (target: string, message: string) => {
        s.repo.write({ target });
        const oid = s.git("hash-object", "-w", "target");
        s.git("clean", "-q", "-f", "target");
        s.git("update-index", "--add", "--cacheinfo", `120000,${oid},current`);
        s.git("commit", "-q", "-m", message);
        s.git("checkout", "-q", "--", ".");
      };
      link("releases/1", "chore: release 1 (#2)");
      link("releases/2", "chore: release 2 (#12)");
      s.switch("agent-b", "main").as("agent-b");
      link("releases/1", "feat: something else");
    },
    expect: { current: "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "only a lock file is old",
    build(s) {
      const lock = (word: string) => ({ "yarn.lock": filler(word, 12) });
      s.commit("chore: packages (#2)", lock("one"));
      s.as("agent-a").commit("chore: newer packages (#12)", lock("two"));
      s.switch("agent-b", "main").as("agent-b").commit("feat: else", lock("one"));
    },
    expect: { "yarn.lock": "kept" },
    rebase: "same",
  },
  {
    name: "a file that the repo calls generated",
    build(s) {
      s.commit("chore: attributes (#2)", {
        ".gitattributes": "gen/* linguist-generated=true\n",
        "gen/api.ts": filler("old", 9),
      });
      s.as("agent-a").commit("chore: make it anew (#12)", { "gen/api.ts": filler("fresh", 9) });
      s.switch("agent-b", "main")
        .as("agent-b")
        .commit("feat: else", { "gen/api.ts": filler("old", 9) });
    },
    expect: { "gen/api.ts": "kept" },
    rebase: "same",
  },
  {
    name: "a merge landing reverted as one, and said so",
    build(s) {
      mergeReceipts(s).switch("agent-b", "main").as("agent-b");
      s.git("revert", "--no-edit", "-m", "1", "main");
    },
    expect: { "src/shop.ts": "intended", "src/receipt.ts": "intended", "src/receipt.test.ts": "intended" },
    rebase: "same",
  },
  {
    name: "a revert reverted: what it takes out is what the revert had put back",
    build(s) {
      s.landReceipts().as("owner").git("revert", "--no-edit", "main");
      s.switch("agent-b", "main").as("agent-b").git("revert", "--no-edit", "main");
    },
    expect: { "src/shop.ts": "intended|kept" },
    rebase: "same",
    notes: ["resurrected src/receipt.test.ts", "resurrected src/receipt.ts"],
  },
  {
    name: "an octopus merge that keeps the own tree",
    build(s) {
      s.git("branch", "side");
      s.switch("agent-b", "main").switch("main").landReceipts();
      s.switch("side")
        .as("agent-c")
        .commit("feat: tax", { "src/tax.ts": filler("tax", 6) });
      s.switch("agent-b").ownWork();
      s.git("merge", "-q", "-s", "ours", "-m", "Merge everything", "main", "side");
    },
    expect: everything,
    rebase: { "src/tax.ts": "kept" },
    pr: 12,
  },
  {
    name: "merges in both directions, then a merge that keeps the own side",
    build(s) {
      s.switch("agent-b", "main").ownWork();
      s.switch("main")
        .as("owner")
        .git("merge", "-q", "--no-ff", "-m", "Merge pull request #11 from x/agent-b", "agent-b");
      s.landReceipts().switch("agent-b").as("agent-b");
      s.commit("docs: more", { "readme.md": `${s.read("readme.md")}\nMore.\n` });
      s.git("merge", "-q", "-s", "ours", "-m", "Merge main", "main");
      s.commit("docs: much more", { "readme.md": `${s.read("readme.md")}\nMuch more.\n` });
    },
    expect: everything,
    rebase: {},
    pr: 12,
  },
  {
    name: "two branches that merged each other crosswise lose nothing",
    build(s) {
      s.switch("agent-b", "main").ownWork();
      const mine = s.git("rev-parse", "HEAD");
      s.switch("main").landReceipts();
      const theirs = s.git("rev-parse", "main");
      s.as("owner").git("merge", "-q", "--no-ff", "-m", "Merge agent-b", mine);
      s.switch("agent-b").as("agent-b").git("merge", "-q", "--no-ff", "-m", "Merge main", theirs);
      s.commit("docs: more", { "readme.md": `${s.read("readme.md")}\nMore.\n` });
      s.switch("main")
        .as("agent-c")
        .commit("feat: tax (#14)", { "src/tax.ts": filler("tax", 6) });
    },
    expect: {},
    rebase: "same",
  },
  {
    name: "merged the other way round: main's side is thrown away in a merge made on main",
    build(s) {
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: prices in help", s.edit("src/shop.ts", "shop PRICE...", "shop PRICE... CENTS..."));
      s.switch("main").landReceipts().switch("mixed", "main").as("agent-b");
      s.git("merge", "-q", "-X", "theirs", "-m", "Merge agent-b", "agent-b");
      s.git("branch", "-f", "agent-b", "mixed");
    },
    expect: { "src/shop.ts": "loss" },
    rebase: { "src/shop.ts": "conflict" },
    pr: 12,
  },
  {
    name: "a picture that landed lately is deleted",
    build(s) {
      s.as("agent-a").commit("art: logo (#12)", { "logo.png": Buffer.from([0x89, 0, 9, 9, 9, 9]) });
      s.switch("agent-b", "main").ownWork().git("rm", "-q", "logo.png");
      s.commit("feat: more");
    },
    expect: { "logo.png": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a removal by name, of what a landing named",
    build(s) {
      s.as("agent-a").commit("feat: add write-receipt (#12)", receiptFiles);
      s.switch("agent-b", "main")
        .as("agent-b")
        .git("rm", "-q", ...Object.keys(receiptFiles));
      s.commit("refactor: drop write-receipt, nobody used it");
    },
    expect: { "src/receipt.ts": "intended", "src/receipt.test.ts": "intended" },
    rebase: "same",
  },
];

/** The receipts land with a merge commit. */
function mergeReceipts(s: Story): Story {
  s.switch("agent-a", "main").as("agent-a");
  s.commit("feat: receipts, the writer", receiptFiles);
  s.commit("feat: receipts, wired", { "src/shop.ts": wiredShop });
  s.switch("main").as("owner");
  s.git("merge", "-q", "--no-ff", "-m", "Merge pull request #12 from x/agent-a", "agent-a");
  return s;
}
