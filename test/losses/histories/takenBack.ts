import { filler, type History, type Story } from "../story";

const first =
  "export function rate(zone: string): number {\n  const found = table.get(zone);\n  if (found === undefined) return fallback(zone);\n  return found;\n}\n";
const better =
  "export function rate(zone: string, day: Date): number {\n  const season = seasonOf(day);\n  const known = table.get(zone, season);\n  if (known === undefined) throw new UnknownZone(zone);\n  audit(zone, season, known);\n  return known;\n}\n";
const edited = first.replace("return found;", "trace(zone);\n  return found;");

const ends = filler("after", 8);
const newEnds = ends
  .replace("after0", "afterAll")
  .replace("after1", "afterMost")
  .replace("after2", "afterSome");

function rates(body: string, end = ends): Record<string, string> {
  return { "src/rates.ts": filler("before", 8) + body + end };
}

interface Late {
  readonly subject?: string;
  /** What agent-b writes. */
  readonly text?: string;
  /** Whether one of the newest landings is undone with it. */
  readonly newer?: boolean;
  /** Days that go by after #12. */
  readonly days?: number;
  readonly message?: string;
  /** What #12 brings besides. */
  readonly landed?: Record<string, string>;
  /** What the newest landing brings. */
  readonly last?: Record<string, string>;
  /** Days by which the clock of whoever lands last is ahead. */
  readonly clock?: number;
  /** Whether agent-b has a commit before. */
  readonly held?: boolean;
  /** What agent-b writes besides. */
  readonly more?: Record<string, string>;
}

/** #12 makes rates better, so many landings follow, and agent-b has rates as they were, with a line of its own. */
function undoLate(s: Story, landings: number, late: Late = {}): void {
  const {
    subject = "feat: seasons (#12)",
    text = edited,
    newer = false,
    days = 0,
    message,
    more = {},
  } = late;
  s.commit("feat: rates (#2)", rates(first));
  s.as("agent-a").commit(subject, { ...rates(better), ...late.landed });
  s.later(days);
  for (let day = 0; day < landings; day++)
    s.as("owner").commit(`docs: day ${day} (#${100 + day})`, { "days.md": `Day ${day}\n` });
  if (newer) s.as("agent-a").commit("feat: better ends (#13)", rates(better, newEnds));
  const clock = late.clock ?? 0;
  if (late.last || clock > 0)
    s.later(clock)
      .as("agent-c")
      .commit("feat: news (#14)", late.last ?? { "news.md": "news\n" });
  s.later(-clock).switch("agent-b", "main").as("agent-b");
  if (late.held) s.ownWork();
  s.commit(message ?? "feat: trace rates", { ...rates(text), ...more });
}

/** One landing that is undone by itself. */
export const takenBack: readonly History[] = [
  {
    name: "a landing of lately is undone by an old text with edits",
    build: (s) => undoLate(s, 18),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a landing of long ago is undone by an old text with edits",
    build: (s) => undoLate(s, 20),
    expect: { "src/rates.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a landing of more than a week ago, with some after it, is undone by an old text with edits",
    build: (s) => undoLate(s, 6, { days: 7 }),
    expect: { "src/rates.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the same within the week",
    build: (s) => undoLate(s, 6, { days: 6 }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the same with few landings after it",
    build: (s) => undoLate(s, 4, { days: 30 }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "an old text with edits, of which the commit says that it goes back to that",
    build: (s) => undoLate(s, 0, { message: "fix: switch back to plain rates" }),
    expect: { "src/rates.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the same with the words first in a line of what the commit says",
    build: (s) => undoLate(s, 0, { message: "fix: trace rates\n\nThis revives the plain ones for a while." }),
    expect: { "src/rates.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "the same with the words somewhere in what the commit says",
    build: (s) => undoLate(s, 0, { message: "fix: trace rates\n\nSo that support can re-enable zones." }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a commit says that it goes back, and two landings are undone",
    build: (s) => undoLate(s, 0, { newer: true, message: "fix: switch back to plain rates" }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a commit says that it goes back, and does more than that",
    build: (s) =>
      undoLate(s, 0, {
        message: "fix: re-enable selling after an error",
        more: { "src/more.ts": filler("more", 3) },
      }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a button to go back, and an old text with edits",
    build: (s) => undoLate(s, 0, { message: 'feat: add a "Go back" button' }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a landing of more than a week ago, undone by a branch that has carried it",
    build(s) {
      undoLate(s, 6, { days: 8, landed: { "docs/seasons.md": filler("season", 9) }, held: true });
    },
    expect: { "src/rates.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "two files are just what they were more than a week ago, on a branch that has carried both landings",
    build(s) {
      const other = (body: string) => ({ "src/fees.ts": rates(body)["src/rates.ts"] ?? "" });
      s.commit("feat: fees (#3)", other(first));
      s.as("agent-a").commit("feat: better fees (#13)", other(better));
      undoLate(s, 6, { days: 8, held: true, text: first, more: other(first) });
    },
    expect: { "src/rates.ts": "loss", "src/fees.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a landing of more than a week ago is undone, and what a newer one added is gone",
    build(s) {
      undoLate(s, 6, { days: 8, last: { "src/news.ts": filler("news", 6) } });
      s.git("rm", "-q", "src/news.ts");
      s.commit("feat: more");
    },
    expect: { "src/rates.ts": "loss", "src/news.ts": "question" },
    rebase: "same",
  },
  {
    name: "the newest landing is by somebody whose clock is wrong",
    build(s) {
      undoLate(s, 6, { clock: 400 });
    },
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a commit says what it takes back of a landing, and all of that is gone",
    build(s) {
      const old = s.landReceipts().git("rev-parse", "main~1");
      s.switch("agent-b", old)
        .ownWork("wip")
        .softReset("feat: discounts\n\nAfter PR 12; removed unused imports.");
      s.git("reflog", "expire", "--expire=now", "--all");
    },
    expect: { "src/receipt.test.ts": "question", "src/receipt.ts": "question", "src/shop.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a landing is not named by what only looks like its number",
    build(s) {
      const old = s.landReceipts().git("rev-parse", "main~1");
      s.switch("agent-b", old).ownWork("wip").softReset("feat: discounts\n\nReverted 12 formatting hunks.");
      s.git("reflog", "expire", "--expire=now", "--all");
    },
    expect: { "src/receipt.test.ts": "loss", "src/receipt.ts": "loss", "src/shop.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a landing that is taken back by its bare number, with a file that another commit deletes",
    build(s) {
      s.commit("feat: rates (#2)", rates(first));
      s.as("agent-a").commit("feat: seasons (#12)", {
        ...rates(better),
        "src/season.ts": filler("season", 6),
      });
      s.switch("agent-b", "main").as("agent-b").commit("fix: finish reverting 12", rates(first));
      s.git("rm", "-q", "src/season.ts");
      s.commit("fix: build");
    },
    expect: { "src/rates.ts": "question", "src/season.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a landing of long ago is undone together with a newer one",
    build: (s) => undoLate(s, 20, { newer: true }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a file is just what it was before a landing of long ago",
    build: (s) => undoLate(s, 25, { text: first }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "what a revert took out comes again, with edits",
    build: (s) => undoLate(s, 0, { subject: 'Revert "feat: simple rates (#9)" (#12)' }),
    expect: { "src/rates.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "what a revert took out comes again, as it was",
    build: (s) => undoLate(s, 0, { subject: 'Revert "feat: simple rates (#9)" (#12)', text: first }),
    expect: { "src/rates.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a revert that was taken back itself is work like any other",
    build: (s) => undoLate(s, 0, { subject: 'Revert "Revert "feat: seasons (#9)"" (#12)', text: first }),
    expect: { "src/rates.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "two landings of long ago are undone by one branch, each in a file of its own",
    build(s) {
      const other = (body: string) => ({ "src/fees.ts": rates(body)["src/rates.ts"] ?? "" });
      s.commit("feat: fees (#3)", other(first));
      s.as("agent-a").commit("feat: better fees (#13)", other(better));
      undoLate(s, 20);
      s.commit("feat: trace fees", other(edited));
    },
    expect: { "src/rates.ts": "loss", "src/fees.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a place where one old line is back, while most of its landing stands",
    build: (s) => setPlaceBack(s, "export const limit = readLimit(process.env.SHOP_LIMIT);"),
    expect: { "src/limits.ts": "question" },
    rebase: "same",
    pr: 12,
  },
  {
    name: "a place where two old lines are back, while most of its landing stands",
    build: (s) =>
      setPlaceBack(
        s,
        "export const limit = readLimit(process.env.SHOP_LIMIT);\nexport const unit = readUnit(process.env.SHOP_UNIT);",
      ),
    expect: { "src/limits.ts": "loss" },
    rebase: "same",
    pr: 12,
  },
];

/** #12 writes two places of a file anew, and agent-b has one of them as it was. */
function setPlaceBack(s: Story, old: string): void {
  const text = (place: string, end: string) => ({
    "src/limits.ts": `${place}\n${filler("middle", 20)}${end}`,
  });
  const made =
    "export const limit = checkedLimit(settings, defaults);\nassertPositive(limit, settings);\nreportLimit(limit, settings);";
  s.commit("feat: limits (#2)", text(old, filler("old", 9)));
  s.as("agent-a").commit("feat: settings (#12)", text(made, filler("made", 9)));
  s.switch("agent-b", "main")
    .as("agent-b")
    .commit("fix: start of the shop", text(old, filler("made", 9)));
}
