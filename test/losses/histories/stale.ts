import { filler, type History, receiptFiles, type Story, wiredShop } from "../story";

const everything = {
  "src/shop.ts": "loss",
  "src/receipt.ts": "loss",
  "src/receipt.test.ts": "loss",
} as const;

/** Old content on fresh history. */
export const stale: readonly History[] = [
  {
    name: "a branch that is only behind loses nothing",
    build: (s) => void s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").ownWork(),
    expect: { "src/shop.ts": "kept", "src/receipt.ts": "kept", "src/receipt.test.ts": "kept" },
    rebase: "same",
  },
  {
    name: "a sync that was reset away again leaves the branch behind, and loses nothing",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").ownWork().sync();
      s.git("reset", "-q", "--hard", "HEAD~1");
      s.commit("docs: more", { "readme.md": `${s.read("readme.md")}\nMore.\n` });
    },
    expect: { "src/shop.ts": "kept", "src/receipt.ts": "kept" },
    rebase: "same",
  },
  {
    name: "reset --soft onto main with an old tree",
    build: (s) =>
      void s
        .switch("agent-b", "main")
        .switch("main")
        .landReceipts()
        .switch("agent-b")
        .ownWork("wip")
        .softReset(),
    expect: everything,
    rebase: "same",
    pr: 12,
  },
  {
    name: "one old file checked out over a fresh branch",
    build(s) {
      s.git("branch", "old");
      s.landReceipts().switch("agent-b", "main");
      s.git("checkout", "-q", "old", "--", "src/shop.ts");
      s.ownWork();
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a file rewritten from an old copy, with own edits on top",
    build(s) {
      const old = s.read("src/shop.ts");
      s.landReceipts().switch("agent-b", "main").as("agent-b");
      const text = old.replace('note("selling");', 'note("selling now");\n  const began = Date.now();');
      const timed = text.replace("return sum;", "note(String(Date.now() - began));\n  return sum;");
      s.commit("feat: measure sales", { "src/shop.ts": timed });
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "one function of a large file written from an old copy",
    build(s) {
      const file = (body: string, word = "build") => ({
        "src/rates.ts": filler("before", 30).replace("build", word) + body + filler("after", 30),
      });
      const first =
        "export function rate(zone: string): number {\n  const found = table.get(zone);\n  if (found === undefined) return fallback(zone);\n  return found;\n}\n";
      const better =
        "export function rate(zone: string, day: Date): number {\n  const season = seasonOf(day);\n  const known = table.get(zone, season);\n  if (known === undefined) throw new UnknownZone(zone);\n  audit(zone, season, known);\n  return known;\n}\n";
      s.commit("feat: rates (#2)", file(first));
      s.as("agent-a").commit("feat: seasons (#12)", file(better, "make"));
      s.switch("agent-b", "main").as("agent-b");
      const traced = first.replace("return found;", "trace(zone);\n  return found;");
      s.commit("feat: trace rates", file(traced, "make"));
    },
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old dependency list with an own entry drops another's entry",
    build(s) {
      const files = (...names: string[]) => ({
        "package.json": `{\n  "name": "shop",\n  "dependencies": {\n${names.map((name) => `    "${name}": "^1.0.0"`).join(",\n")}\n  }\n}\n`,
        "package-lock.json": `{\n${names.map((name) => `  "node_modules/${name}": { "integrity": "sha512-${name}" }`).join(",\n")}\n}\n`,
      });
      s.commit("chore: packages (#2)", files("alpha"));
      s.as("agent-a").commit("feat: csv (#12)", files("alpha", "csv"));
      s.switch("agent-b", "main").as("agent-b").commit("feat: yaml", files("alpha", "yaml"));
    },
    expect: { "package.json": "question", "package-lock.json": "kept" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old tree brings back a file that main had deleted",
    build(s) {
      s.switch("agent-b", "main").switch("main").as("owner").git("rm", "-q", "src/legacy.ts");
      s.commit("refactor: drop the first version (#12)");
      s.switch("agent-b").ownWork("wip").softReset();
    },
    expect: {},
    rebase: "same",
    notes: ["resurrected src/legacy.ts"],
  },
  {
    name: "an old tree deletes a feature of new files only: the record proves it",
    build: newFilesOnly,
    expect: { "src/receipt.ts": "loss", "src/receipt.test.ts": "loss" },
    rebase: "same",
    pr: 12,
    recordedBase: "main~1",
  },
  {
    name: "the same where only git's own log tells the start can only be asked: a reset may bring files along",
    build: newFilesOnly,
    expect: { "src/receipt.ts": "question", "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the same without a record can only be asked",
    build(s) {
      newFilesOnly(s);
      s.git("reflog", "expire", "--expire=now", "--all");
    },
    expect: { "src/receipt.ts": "question", "src/receipt.test.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a conflict of a rebase settled with the whole old file",
    build(s) {
      s.switch("agent-b", "main").as("agent-b");
      s.commit("feat: prices in help", s.edit("src/shop.ts", "shop PRICE...", "shop CENTS..."));
      const mine = s.read("src/shop.ts");
      s.switch("main").landReceipts().switch("agent-b").as("agent-b");
      try {
        s.git("rebase", "-q", "main");
      } catch {
        s.repo.write({ "src/shop.ts": mine });
        s.git("add", "src/shop.ts");
        s.git("-c", "core.editor=true", "rebase", "--continue");
      }
    },
    expect: { "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old tree undoes a move",
    build(s) {
      s.switch("agent-b", "main").switch("main").as("agent-a");
      s.repo.write({ "src/money/keep": "" });
      s.git("mv", "src/legacy.ts", "src/money/legacy.ts");
      s.commit("refactor: money in a folder (#12)");
      s.switch("agent-b").ownWork("wip").softReset();
    },
    expect: { "src/money/legacy.ts": "loss", "src/money/keep": "loss|intended" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a synced feature taken out to get the tests green, without a word",
    build(s) {
      s.switch("agent-b", "main").switch("main").landReceipts().switch("agent-b").ownWork().sync();
      s.git("rm", "-q", ...Object.keys(receiptFiles));
      s.git("checkout", "-q", "main~1", "--", "src/shop.ts");
      s.commit("fix: make the tests pass");
    },
    expect: everything,
    rebase: "same",
    pr: 12,
  },
  {
    name: "a whole file overwritten by somebody who did not know it",
    build(s) {
      s.as("agent-a").commit("feat: stock (#12)", { "src/stock.ts": filler("stock", 18) });
      s.switch("agent-b", "main").as("agent-b");
      const own =
        "export class Stock {\n  private readonly items = new Map<string, number>();\n\n  put(name: string, many: number): void {\n    this.items.set(name, many);\n  }\n}\n";
      s.commit("feat: stock", { "src/stock.ts": own });
    },
    expect: { "src/stock.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "what an old tree took away is put back",
    build(s) {
      s.git("branch", "old");
      s.landReceipts().switch("old").ownWork("wip").softReset("feat: discounts (#13)");
      s.switch("main").git("merge", "-q", "--ff-only", "old");
      s.switch("agent-b", "main").as("owner");
      s.commit("fix: receipts are back", { ...receiptFiles, "src/shop.ts": wiredShop });
    },
    expect: { "src/shop.ts": "intended|kept" },
    rebase: "same",
    notes: ["resurrected src/receipt.test.ts", "resurrected src/receipt.ts"],
  },
];

function newFilesOnly(s: Story): void {
  s.switch("agent-b", "main").switch("main").as("agent-a");
  s.commit("feat: receipts (#12)", receiptFiles);
  s.switch("agent-b").ownWork("wip").softReset();
}
