import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { type Import, readImports } from "./kit/imports";
import { hostVersions } from "./kit/provision/hosts.mjs";

const root = path.resolve(__dirname, "..");

const ground = ["git", "github", "store", "programs", "model"];
const capabilities = [
  "agents",
  "losses",
  "overlap",
  "recovery",
  "review",
  "done",
  "pipeline",
  "worktrees",
  "landing",
  "hooks",
];

/** What each room may import beside itself; CONTRIBUTING.md draws the same. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  git: ["model"],
  github: ["model"],
  store: ["model"],
  programs: ["store"],
  messages: ["model"],
  agents: ground,
  landing: ground,
  overlap: ground,
  review: ground,
  worktrees: [...ground, "landing"],
  hooks: [...ground, "worktrees"],
  losses: [...ground, "landing"],
  recovery: [...ground, "landing", "losses", "worktrees"],
  done: [...ground, "losses", "review"],
  pipeline: [...ground, "done", "review", "worktrees"],
  fleet: [...ground, ...capabilities],
  ui: [...ground, ...capabilities, "fleet", "messages"],
  cli: [...ground, ...capabilities, "fleet"],
  extension: ["ui"],
};

/** Packages that only these files may import. */
const keepers: readonly (readonly [name: RegExp, files: RegExp])[] = [
  [/^vscode$/, /^(ui\/|extension\.ts$)/],
  [/^simple-git$/, /^git\/run\.ts$/],
  [/^@octokit\//, /^github\/client\.ts$/],
];

/** What the product is built on, each at its one place; a part of it in its stead would be another design. */
const foundation = { "simple-git": "git/run.ts", "@octokit/rest": "github/client.ts" };

/** `git/run.ts` → git; a front door is a room of its own. */
function room(file: string): string {
  return file.split("/")[0]?.replace(/\.ts$/, "") ?? file;
}

function isForbidden({ from, to, ours }: Import): boolean {
  if (/^\.\.\/(package\.json|media\/(prompts|schemas)\/)/.test(to)) return false;
  if (!ours) return keepers.some(([name, files]) => name.test(to) && !files.test(from));
  return room(from) !== room(to) && !mayImport[room(from)]?.includes(room(to));
}

/** Files that import each other in a ring, as paths that end where they began. */
function rings(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, ours, typeOnly } of imports)
    if (ours && !typeOnly) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    const start = trail.indexOf(file);
    if (start >= 0) found.push([...trail.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

describe("the house", () => {
  const imports = readImports(path.join(root, "src"));

  it("has only arrows that are drawn", () => {
    assert.ok(imports.length > 100, "hardly any import was found: the reader is blind");
    assert.deepEqual(
      imports.filter(isForbidden).map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  it("lets the panel see the messages and the words, and no package at all", () => {
    const panel = readImports(path.join(root, "media"));
    assert.ok(panel.length > 20, "hardly any import was found: the reader is blind");
    assert.deepEqual(
      panel
        .filter(
          ({ to, ours }) => !ours || (to.includes("src/") && !/^\.\.\/src\/(messages|model\/)/.test(to)),
        )
        .map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  it("stands on the packages that it was designed on", () => {
    const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    for (const [name, file] of Object.entries(foundation)) {
      assert.ok(name in dependencies, `${name} is no dependency`);
      assert.ok(
        imports.some(({ from, to, typeOnly }) => from === file && to === name && !typeOnly),
        `${file} does not import ${name}`,
      );
    }
  });

  it("imports nothing in a ring", () => {
    assert.deepEqual(rings(imports), []);
  });

  it("has no way around the type checker and the linter", () => {
    const excuse =
      /@ts-(ignore|expect-error|nocheck)|biome-ignore (?!lint\/suspicious\/noControlCharactersInRegex)|\bas any\b|: any(?= =|[\],;)>[])|<any>/;
    const sources = ["src", "media", "test"].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .map((file) => path.join(folder, file))
        .filter((file) => /\.(ts|mjs)$/.test(file) && path.basename(file) !== "house.test.ts"),
    );
    assert.deepEqual(
      sources.filter((file) => excuse.test(readFileSync(path.join(root, file), "utf8"))),
      [],
    );
  });

  it("tests on the oldest VS Code that it says it supports", () => {
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const [oldest] = hostVersions;
    assert.equal(`^${oldest?.vscode.replace(/\.\d+$/, ".0")}`, manifest.engines.vscode);
  });
});

describe("what ships", () => {
  before(() => {
    execFileSync(process.execPath, ["esbuild.mjs"], { cwd: root, stdio: "pipe" });
  });

  it("is what runs, and nothing else", async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    // One of a kind that has as many as it needs.
    const kinds =
      /^(dist\/extension-[A-Z0-9]{8}\.js|media\/schemas\/[a-z]+\.schema\.json|media\/walkthrough\/\w+\.(md|svg|png)|package\.nls\.\w+\.json|l10n\/bundle\.l10n[\w.-]*\.json)$/;
    assert.deepEqual(files.filter((file) => !kinds.test(file)).sort(), [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/cli.js",
      "dist/extension.js",
      "dist/panel.css",
      "dist/panel.js",
      "media/activity.svg",
      "media/icon.png",
      "media/loss-dark.svg",
      "media/loss-light.svg",
      "media/question-dark.svg",
      "media/question-light.svg",
      "package.json",
      "package.nls.json",
    ]);
  });

  it("stays small", () => {
    const kilobytes = (file: string) => statSync(path.join(root, file)).size / 1000;
    const activation = kilobytes("dist/extension.js");
    assert.ok(activation <= 115, `what activation reads has ${activation} KB`);
    const parts = readdirSync(path.join(root, "dist")).filter((file) => /^extension.*\.js$/.test(file));
    const extension = parts.reduce((sum, file) => sum + kilobytes(`dist/${file}`), 0);
    assert.ok(extension <= 1000, `the extension has ${extension} KB`);
    const panel = kilobytes("dist/panel.js") + kilobytes("dist/panel.css");
    assert.ok(panel <= 40, `the panel has ${panel} KB`);
    assert.ok(kilobytes("dist/cli.js") <= 890, `cli.js has ${kilobytes("dist/cli.js")} KB`);
  });
});
