import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as program from "./program";

/** Where everything of the story lies; absolute paths. */
export interface Story {
  /** Holds all of it; nothing lies outside. */
  readonly root: string;
  readonly origin: string;
  /** The clone that the person has open. */
  readonly repo: string;
  readonly worktrees: {
    /** Claude Code's, squash-merged as #12. */
    readonly csvExport: string;
    /** GitHub Copilot's, in work: locked, dirty, behind. */
    readonly darkMode: string;
    /** Codex's: its history has all of main, its content does not; merging it deletes the CSV export. */
    readonly tidyStorage: string;
  };
}

const mara = "Mara Lind <mara@tally.example>";
const jon = "Jon Okafor <jon@tally.example>";
const claude = "Claude <noreply@anthropic.com>";
const copilot = "Copilot <copilot@github.com>";
const codex = "Codex <codex@openai.com>";

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Builds the story that the demo tells and the journeys walk through, with real git, in `root` (made, must not exist).
 *
 * Three agents work on a small expense tracker. Claude Code's CSV export has landed as #12. Copilot's dark mode is half
 * done. Codex tidied the storage on an old base, then "merged" main by keeping its own side of everything: its branch
 * looks up to date, and would delete the CSV export. It and the dark mode call the next version by different numbers.
 */
export function buildStory(root: string): Story {
  mkdirSync(root, { recursive: true });
  const top = realpathSync(root);
  const origin = path.join(top, "origin", "tally.git");
  const repo = path.join(top, "tally");
  const worktrees = {
    csvExport: path.join(repo, ".claude", "worktrees", "csv-export"),
    darkMode: path.join(top, "tally.worktrees", "dark-mode"),
    tidyStorage: path.join(top, ".codex", "worktrees", "tidy-storage"),
  };
  git(top, "init", "-q", "--bare", "-b", "main", origin);
  git(top, "init", "-q", "-b", "main", repo);
  git(repo, "remote", "add", "origin", origin);
  // Whoever plays with the demo commits as Mara, and with no key of theirs.
  git(repo, "config", "user.name", "Mara Lind");
  git(repo, "config", "user.email", "mara@tally.example");
  git(repo, "config", "commit.gpgSign", "false");

  commit(repo, mara, 24 * day, "Add expenses and list them", {
    "package.json": program.packageJson,
    ".gitignore": program.gitignore,
    "README.md": program.readme,
    "src/money.js": program.money,
    "src/storage.js": program.storage,
    "test/money.test.js": program.moneyFirstTest,
  });
  commit(repo, jon, 17 * day, "Report totals by category", {
    "src/report.js": program.report,
    "src/cli.js": program.cli,
    "test/report.test.js": program.reportTest,
  });
  commit(repo, mara, 9 * day, "Write the report as HTML (#11)", {
    "src/html.js": program.html,
    "src/cli.js": program.cliWithHtml,
    "CHANGELOG.md": program.changelog,
  });
  const forkOfDarkMode = head(repo);
  commit(repo, jon, 6 * day, "Say in one test what is no amount", {
    "test/money.test.js": program.moneyTest,
  });
  const forkOfCsvExport = head(repo);
  commit(repo, mara, 3 * day, "Say how to install it", { "README.md": program.readmeWithInstall });
  const forkOfTidyStorage = head(repo);
  git(repo, "push", "-q", "-u", "origin", "main");
  git(repo, "remote", "set-head", "origin", "main");

  csvExport(repo, worktrees.csvExport, forkOfCsvExport);
  darkMode(repo, worktrees.darkMode, forkOfDarkMode);

  // The pull request is squash-merged on the server, which deletes its branch there.
  git(repo, "merge", "-q", "--squash", "agent/csv-export");
  commit(repo, claude, 1 * day, "CSV export (#12)");
  git(repo, "push", "-q", "origin", "main", ":agent/csv-export");
  commit(repo, jon, 5 * hour, "Explain the storage format (#13)", {
    "README.md": program.readmeWithFormat,
  });
  git(repo, "push", "-q", "origin", "main");

  tidyStorage(repo, worktrees.tidyStorage, forkOfTidyStorage);
  git(repo, "fetch", "-q", "--prune");
  return { root: top, origin, repo, worktrees };
}

/** Removes the whole story. */
export function removeStory(story: Story): void {
  rmSync(story.root, { recursive: true, force: true, maxRetries: 5 });
}

function csvExport(repo: string, folder: string, fork: string): void {
  git(repo, "worktree", "add", "-q", "--no-track", "-b", "agent/csv-export", folder, fork);
  commit(folder, claude, 2 * day, "Write expenses as CSV", {
    "src/csv.js": program.csvFirstTry,
    "src/cli.js": program.cliWithCsv,
  });
  commit(folder, claude, 2 * day - hour, "Quote only what needs it, and keep formulas from running", {
    "src/csv.js": program.csv,
  });
  commit(folder, claude, 2 * day - 2 * hour, "Test the CSV export", {
    "test/csv.test.js": program.csvTest,
    "CHANGELOG.md": program.changelogWithCsv,
  });
  git(folder, "push", "-q", "-u", "origin", "agent/csv-export");
}

function darkMode(repo: string, folder: string, fork: string): void {
  git(repo, "worktree", "add", "-q", "--no-track", "-b", "agent/dark-mode", folder, fork);
  commit(folder, copilot, 7 * hour, "Name the report's colours", {
    "src/html.js": program.htmlWithVariables,
  });
  commit(folder, copilot, 6 * hour, "Follow the reader's dark mode", {
    "src/html.js": program.htmlDark,
    "package.json": program.packageJsonWithDarkMode,
  });
  write(folder, {
    "src/html.js": program.htmlDarkUnfinished,
    "notes.md": "Left to do: links need a colour of their own in dark mode.\n",
  });
  git(repo, "worktree", "lock", "--reason", "GitHub Copilot is working here", folder);
}

function tidyStorage(repo: string, folder: string, fork: string): void {
  git(repo, "worktree", "add", "-q", "--no-track", "-b", "agent/tidy-storage", folder, fork);
  commit(folder, codex, 4 * hour, "Replace the expenses file in one step", {
    "src/storage.js": program.tidiedStorage,
    "src/cli.js": program.cliWithTidiedStorage,
    "package.json": program.packageJsonWithTidiedStorage,
  });
  commit(folder, codex, 3 * hour, "Test the storage", { "test/storage.test.js": program.tidiedStorageTest });
  const message = "Merge main into agent/tidy-storage";
  gitIn(as(codex, 2 * hour), folder, ["merge", "-q", "-s", "ours", "-m", message, "origin/main"]);
  git(folder, "push", "-q", "-u", "origin", "agent/tidy-storage");
}

function commit(
  folder: string,
  who: string,
  agoMs: number,
  message: string,
  files: Readonly<Record<string, string>> = {},
): void {
  write(folder, files);
  git(folder, "add", "-A");
  gitIn(as(who, agoMs), folder, ["commit", "-q", "-m", message]);
}

function head(folder: string): string {
  return git(folder, "rev-parse", "HEAD").trim();
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The environment of a commit by `who` ("Name <mail>") that long ago. */
function as(who: string, agoMs: number): NodeJS.ProcessEnv {
  const [, name = "", mail = ""] = /^(.*) <(.*)>$/.exec(who) ?? [];
  const date = new Date(Date.now() - agoMs).toISOString();
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: mail,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: mail,
    GIT_COMMITTER_DATE: date,
  };
}

/** Runs git without the settings of this machine. */
function git(folder: string, ...args: string[]): string {
  return gitIn({}, folder, args);
}

/** The same with more in its environment, for example who commits. */
function gitIn(env: NodeJS.ProcessEnv, folder: string, args: readonly string[]): string {
  return execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...env },
  });
}
