// The story's program: a small expense tracker for the terminal that really runs and whose tests really pass.
// Each export is one file as of the step that its name says.

export const packageJson = `{
  "name": "tally",
  "version": "0.3.0",
  "description": "Keep track of what you spend, from the terminal.",
  "type": "module",
  "bin": { "tally": "src/cli.js" },
  "scripts": { "test": "node --test" },
  "engines": { "node": ">=20" }
}
`;

export const packageJsonWithDarkMode = packageJson.replace("0.3.0", "0.4.0");

export const packageJsonWithTidiedStorage = packageJson.replace("0.3.0", "0.3.1");

export const gitignore = `node_modules/
expenses.json
.env
.claude/worktrees/
`;

export const readme = `# tally

Keep track of what you spend, from the terminal.

    tally add 4.20 coffee "Flat white"
    tally list
    tally report

Expenses are kept in \`expenses.json\` in the current folder.
`;

export const readmeWithInstall = readme.replace(
  "    tally add",
  "Install: `npm install --global tally`. Then:\n\n    tally add",
);

export const readmeWithFormat = `${readmeWithInstall}
## Storage format

One JSON document: \`{"version": 1, "expenses": [{"date", "cents", "category", "note"}]}\`.
Amounts are whole cents, so that sums are exact.
`;

export const money = `/** "4.20" → 420. Whole cents keep sums exact. */
export function parseAmount(text) {
  const match = /^(\\d+)(?:[.,](\\d{1,2}))?$/.exec(text);
  if (!match) throw new Error(\`not an amount: \${text}\`);
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

export function formatAmount(cents) {
  return (cents / 100).toFixed(2);
}
`;

export const moneyFirstTest = `import assert from "node:assert/strict";
import { test } from "node:test";
import { formatAmount, parseAmount } from "../src/money.js";

test("amounts are whole cents", () => {
  assert.equal(parseAmount("4.20"), 420);
  assert.equal(parseAmount("4,2"), 420);
  assert.equal(parseAmount("17"), 1700);
  assert.equal(formatAmount(1999), "19.99");
});
`;

export const moneyTest = `${moneyFirstTest}
test("what is no amount is refused", () => {
  assert.throws(() => parseAmount("four"), /not an amount: four/);
});
`;

export const storage = `import { readFileSync, writeFileSync } from "node:fs";

const file = "expenses.json";

export function load() {
  try {
    return JSON.parse(readFileSync(file, "utf8")).expenses;
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

export function save(expenses) {
  writeFileSync(file, JSON.stringify({ version: 1, expenses }, null, 2));
}
`;

export const tidiedStorage = `import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** Where expenses live; tests point it somewhere else. */
export function createStorage(file = "expenses.json") {
  return {
    load() {
      try {
        return JSON.parse(readFileSync(file, "utf8")).expenses;
      } catch (error) {
        if (error.code === "ENOENT") return [];
        throw error;
      }
    },
    /** Replaces the file in one step, so that a crash leaves the old one or the new one. */
    save(expenses) {
      writeFileSync(\`\${file}.new\`, JSON.stringify({ version: 1, expenses }, null, 2));
      renameSync(\`\${file}.new\`, file);
    },
  };
}
`;

export const tidiedStorageTest = `import assert from "node:assert/strict";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createStorage } from "../src/storage.js";

test("what was saved is loaded, and nothing else is left behind", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tally-"));
  const storage = createStorage(path.join(folder, "expenses.json"));
  assert.deepEqual(storage.load(), []);
  storage.save([{ date: "2026-03-01", cents: 420, category: "coffee", note: "" }]);
  assert.equal(storage.load().length, 1);
  assert.deepEqual(readdirSync(folder), ["expenses.json"]);
});
`;

export const report = `import { formatAmount } from "./money.js";

/** Totals a category, the largest first. */
export function totals(expenses) {
  const sums = new Map();
  for (const { category, cents } of expenses) sums.set(category, (sums.get(category) ?? 0) + cents);
  return [...sums].sort((a, b) => b[1] - a[1]);
}

export function report(expenses) {
  const lines = totals(expenses).map(([category, cents]) => category.padEnd(16) + formatAmount(cents).padStart(10));
  return lines.join("\\n");
}
`;

export const reportTest = `import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../src/report.js";

test("the report sums by category, the largest first", () => {
  const expenses = [
    { category: "coffee", cents: 420 },
    { category: "rent", cents: 90000 },
    { category: "coffee", cents: 380 },
  ];
  assert.equal(report(expenses), "rent                900.00\\ncoffee                8.00");
});
`;

export const html = `import { formatAmount } from "./money.js";
import { totals } from "./report.js";

const style = \`
body { font-family: sans-serif; background: white; color: #222; }
td { padding: 2px 12px; }
\`;

export function htmlReport(expenses) {
  const rows = totals(expenses).map(
    ([category, cents]) => \`<tr><td>\${escape(category)}</td><td>\${formatAmount(cents)}</td></tr>\`,
  );
  return \`<style>\${style}</style><table>\${rows.join("")}</table>\`;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
`;

export const htmlWithVariables = html.replace(
  "body { font-family: sans-serif; background: white; color: #222; }",
  ":root { --paper: white; --ink: #222; }\nbody { font-family: sans-serif; background: var(--paper); color: var(--ink); }",
);

export const htmlDark = htmlWithVariables.replace(
  "td {",
  "@media (prefers-color-scheme: dark) { :root { --paper: #1e1e1e; --ink: #ddd; } }\ntd {",
);

export const htmlDarkUnfinished = htmlDark.replace("td {", "a { color: var(--link); }\ntd {");

export const csv = `import { formatAmount } from "./money.js";

const columns = ["date", "category", "amount", "note"];

/** Expenses as CSV, as spreadsheets read it: quoted where needed, CRLF at the end of each line. */
export function toCsv(expenses) {
  const rows = expenses.map(({ date, category, cents, note }) => [date, category, formatAmount(cents), note]);
  return [columns, ...rows].map((row) => \`\${row.map(quote).join(",")}\\r\\n\`).join("");
}

/** A leading =, +, - or @ would run as a formula when the file is opened. */
function quote(value) {
  const text = /^[=+@-]/.test(value) ? \`'\${value}\` : value;
  return /[",\\r\\n]/.test(text) ? \`"\${text.replaceAll('"', '""')}"\` : text;
}
`;

export const csvFirstTry = csv.replace(
  `/** A leading =, +, - or @ would run as a formula when the file is opened. */
function quote(value) {
  const text = /^[=+@-]/.test(value) ? \`'\${value}\` : value;
  return /[",\\r\\n]/.test(text) ? \`"\${text.replaceAll('"', '""')}"\` : text;
}`,
  `function quote(value) {
  return \`"\${value.replaceAll('"', '""')}"\`;
}`,
);

export const csvTest = `import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv } from "../src/csv.js";

const expense = { date: "2026-03-01", category: "coffee", cents: 420, note: "Flat white" };

test("one line an expense, after the column names", () => {
  assert.equal(toCsv([expense]), "date,category,amount,note\\r\\n2026-03-01,coffee,4.20,Flat white\\r\\n");
});

test("commas and quotes are quoted", () => {
  assert.match(toCsv([{ ...expense, note: 'with "oat" milk, large' }]), /,"with ""oat"" milk, large"\\r\\n$/);
});

test("a note cannot become a formula", () => {
  assert.match(toCsv([{ ...expense, note: "=1+1" }]), /,'=1\\+1\\r\\n$/);
});
`;

const cliStart = `#!/usr/bin/env node
import { parseAmount, formatAmount } from "./money.js";
import { report } from "./report.js";
import { load, save } from "./storage.js";

const [command, ...args] = process.argv.slice(2);

if (command === "add") {
  const [amount, category, note = ""] = args;
  const date = new Date().toISOString().slice(0, 10);
  save([...load(), { date, cents: parseAmount(amount), category, note }]);
} else if (command === "list") {
  for (const { date, cents, category, note } of load())
    console.log(date, formatAmount(cents).padStart(10), category, note);
} else if (command === "report") {
  console.log(report(load()));
`;

const cliEnd = `} else {
  console.error("usage: tally add AMOUNT CATEGORY [NOTE] | list | report");
  process.exitCode = 2;
}
`;

export const cli = cliStart + cliEnd;

export const cliWithHtml = `${cliStart.replace(
  "import { parseAmount",
  'import { htmlReport } from "./html.js";\nimport { parseAmount',
)}} else if (command === "html") {
  console.log(htmlReport(load()));
${cliEnd.replace("| report", "| report | html")}`;

export const cliWithCsv = cliWithHtml
  .replace("import { htmlReport }", 'import { toCsv } from "./csv.js";\nimport { htmlReport }')
  .replace(
    "} else {\n  console.error",
    '} else if (command === "export") {\n  process.stdout.write(toCsv(load()));\n} else {\n  console.error',
  )
  .replace("| html", "| html | export");

export const cliWithTidiedStorage = cliWithHtml
  .replace("import { load, save }", "import { createStorage }")
  .replace("const [command", "const { load, save } = createStorage();\nconst [command");

export const changelog = `# Changelog

## 0.3.0
- Monthly report as HTML
`;

export const changelogWithCsv = changelog.replace("## 0.3.0", "## 0.4.0\n- CSV export\n\n## 0.3.0");
