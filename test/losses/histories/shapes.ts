import { filler, type History } from "../story";

const oddNames = [
  'a "b" c.ts',
  "tab\there.ts",
  "new\nline.ts",
  "-dash.ts",
  "größe/日本.ts",
  "esc\u001b[31m.ts",
];

/** Moves, layouts, odd names, and things that have no lines. */
export const shapes: readonly History[] = [
  {
    name: "a rename, and code moved into another file",
    build(s) {
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.repo.write({
        "src/price.ts": `${s.read("src/price.ts")}\n${s.read("src/note.ts")}`,
        "src/paper/more": "",
      });
      s.git("mv", "src/receipt.ts", "src/paper/receipt.ts");
      s.git("rm", "-q", "src/note.ts");
      s.commit("refactor: move things");
    },
    expect: { "src/receipt.ts": "kept", "src/note.ts": "kept" },
    rebase: "same",
  },
  {
    name: "another indentation, other line ends",
    build(s) {
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      s.commit("style: tabs and CRLF", {
        "src/shop.ts": s.read("src/shop.ts").replace(/^ {2}/gm, "\t"),
        "src/receipt.ts": s.read("src/receipt.ts").replace(/\n/g, "\r\n"),
      });
    },
    expect: { "src/shop.ts": "kept", "src/receipt.ts": "kept" },
    rebase: "same",
  },
  {
    name: "a submodule set back to an older commit",
    build(s) {
      const link = (digit: string, message: string) => {
        s.git("update-index", "--add", "--cacheinfo", `160000,${digit.repeat(40)},vendor/sub`);
        s.git("commit", "-q", "-m", message);
      };
      link("1", "chore: a submodule (#2)");
      link("2", "chore: newer submodule (#12)");
      s.switch("agent-b", "main").as("agent-b");
      link("1", "feat: something else");
    },
    expect: { "vendor/sub": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a picture set back to an older one",
    build(s) {
      const old = Buffer.from([0x89, 0, 1, 2, 3]);
      s.commit("art: logo (#2)", { "logo.png": old });
      s.as("agent-a").commit("art: better logo (#12)", { "logo.png": Buffer.from([0x89, 0, 9, 9, 9, 9]) });
      s.switch("agent-b", "main").as("agent-b").repo.write({ "logo.png": old });
      s.ownWork();
    },
    expect: { "logo.png": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a script that was made executable is so no more",
    build(s) {
      const mode = (sign: string, message: string) => {
        s.git("update-index", `--chmod=${sign}x`, "run.sh");
        s.git("commit", "-q", "-m", message);
        s.git("checkout", "-q", "--", ".");
      };
      s.commit("feat: script (#2)", { "run.sh": "echo run\n" });
      mode("+", "fix: can be run (#12)");
      s.switch("agent-b", "main").as("agent-b");
      mode("-", "feat: something else");
    },
    expect: { "run.sh": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "names with spaces, quotes, tabs, newlines and other scripts",
    build(s) {
      const files = (word: string) => Object.fromEntries(oddNames.map((name) => [name, filler(word, 5)]));
      s.commit("feat: old (#2)", files("old"));
      s.as("agent-a").commit("feat: new (#12)", files("fresh"));
      s.switch("agent-b", "main").as("agent-b").commit("feat: else", files("old"));
    },
    expect: Object.fromEntries(oddNames.map((name) => [name, "loss" as const])),
    rebase: "same",
    pr: 12,
  },
  {
    name: "a branch carried another's code and dropped it: only a replay deletes it",
    build(s) {
      s.switch("agent-a", "main")
        .as("agent-a")
        .commit("feat: stock", { "src/stock.ts": filler("stock", 9) });
      s.git("branch", "agent-b");
      s.squash("agent-a", "feat: stock (#12)");
      s.switch("agent-b").as("agent-b").git("rm", "-q", "src/stock.ts");
      s.commit("chore: drop what is not mine");
      s.ownWork();
    },
    expect: { "src/stock.ts": "kept" },
    rebase: { "src/stock.ts": "loss" },
    pr: 12,
    notes: ["ineffective-deletion src/stock.ts"],
  },
  {
    name: "a stacked branch renames a file that its base landed by itself: both stay",
    build(s) {
      s.switch("agent-a", "main")
        .as("agent-a")
        .commit("feat: stock", { "src/stock.ts": filler("stock", 9) });
      s.switch("agent-b", "agent-a").as("agent-b").git("mv", "src/stock.ts", "src/store.ts");
      s.commit("refactor: call it a store");
      s.squash("agent-a", "feat: stock (#12)");
    },
    expect: {},
    rebase: {},
    notes: ["ineffective-deletion src/stock.ts"],
  },
  {
    name: "a catalog of texts: lines that tell where a text stands are nobody's work, its words are",
    build(s) {
      const catalog = (at: number, word: string) =>
        [1, 2, 3]
          .map((i) => `#: src/shop.ts:${at + i}\nmsgid "price${i}"\nmsgstr "${word}${i}"\n\n`)
          .join("");
      s.commit("feat: texts", { "de.po": catalog(10, "Preis"), "fr.po": catalog(10, "Prix") });
      const later = { "de.po": catalog(20, "Preis"), "fr.po": catalog(20, "Tarif") };
      s.as("agent-a").commit("feat: more texts (#12)", later);
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: other texts", {
        "de.po": `${catalog(10, "Preis")}\n`,
        "fr.po": `${catalog(10, "Prix")}\n`,
      });
    },
    expect: { "de.po": "kept", "fr.po": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "what a program writes or copies from elsewhere is set back",
    build(s) {
      const copied = ["vendor/golang.org/x/sys/cpu.go", "vendor/modules.txt"];
      const golden = ["tests/snapshots/help.svg", "tests/fail/mixed.stderr"];
      const written = ["src/vendor/names.ts", "src/snapshots/names.ts", "tests/snapshots/restore.test.ts"];
      const names = [...copied, ...golden, ...written];
      const files = (word: string) => Object.fromEntries(names.map((name) => [name, filler(word, 5)]));
      s.commit("chore: start", files("old"));
      s.as("agent-a").commit("chore: newer (#12)", files("new"));
      s.switch("agent-b", "main").as("agent-b").commit("chore: other", files("old"));
    },
    expect: {
      "src/vendor/names.ts": "loss",
      "src/snapshots/names.ts": "loss",
      "tests/snapshots/restore.test.ts": "loss",
    },
    rebase: "same",
    pr: 12,
  },
  {
    name: "what a program copies from elsewhere is moved back",
    build(s) {
      s.commit("chore: start", { "vendor/golang.org/x/cpu.go": filler("cpu", 9) });
      s.as("agent-a").git("mv", "vendor/golang.org/x/cpu.go", "vendor/golang.org/x/arch.go");
      s.commit("chore: newer (#12)");
      s.switch("agent-b", "main").as("agent-b");
      s.git("mv", "vendor/golang.org/x/arch.go", "vendor/golang.org/x/cpu.go");
      s.commit("chore: other");
    },
    expect: {},
    rebase: "same",
  },
  {
    name: "what a program wrote for two landings goes, and all that people wrote of them stays",
    build(s) {
      for (const [word, pr] of [
        ["a", 12],
        ["b", 13],
      ] as const)
        s.as("agent-a").commit(`feat: ${word} (#${pr})`, {
          [`src/${word}.ts`]: filler(word, 6),
          [`src/${word}/__snapshots__/${word}.snap`]: filler(`snap${word}`, 6),
        });
      s.switch("agent-b", "main")
        .as("agent-b")
        .git("rm", "-q", "src/a/__snapshots__/a.snap", "src/b/__snapshots__/b.snap");
      s.commit("test: no snapshots");
    },
    expect: {
      "src/a/__snapshots__/a.snap": "question|intended",
      "src/b/__snapshots__/b.snap": "question|intended",
    },
    rebase: "same",
  },
];
