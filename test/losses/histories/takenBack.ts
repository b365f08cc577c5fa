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
}

/** #12 makes rates better, so many landings follow, and agent-b has rates as they were, with a line of its own. */
function undoLate(s: Story, landings: number, late: Late = {}): void {
  const { subject = "feat: seasons (#12)", text = edited, newer = false, days = 0, message } = late;
  s.commit("feat: rates (#2)", rates(first));
  s.as("agent-a").commit(subject, rates(better));
  s.later(days);
  for (let day = 0; day < landings; day++)
    s.as("owner").commit(`docs: day ${day} (#${100 + day})`, { "days.md": `Day ${day}\n` });
  if (newer) s.as("agent-a").commit("feat: better ends (#13)", rates(better, newEnds));
  s.switch("agent-b", "main")
    .as("agent-b")
    .commit(message ?? "feat: trace rates", rates(text));
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
