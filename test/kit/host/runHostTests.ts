import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { build } from "esbuild";
import { tempDir } from "../repo";
import { buildStory } from "../story";
import type { NpmHost } from "./npmHost";
import { writeProfile } from "./profile";

const root = path.resolve(__dirname, "../../..");
const bundle = path.join(root, "test-results", "host-tests");

/** Either a VS Code to download, or one that is installed. */
type Host = { readonly version: string } | NpmHost;

let testing = false;
// While VS Code runs, test-electron passes the signal on and we wait for a clean end.
process.on("SIGINT", () => {
  if (!testing) process.exit(130);
});

/** Runs a folder's `inside.ts` in the given VS Code, in a fresh profile, on a fresh copy of the demo's repo. */
async function main(host: Host, folder: string, extension: string): Promise<void> {
  await bundleTests(folder);
  const dir = tempDir("agent-foreman-host-");
  const story = buildStory(path.join(dir, "story"));
  const profile = path.join(dir, "profile");
  writeProfile(profile);
  const npm = "vscode" in host;
  testing = true;
  await runTests({
    ...(npm ? { vscodeExecutablePath: path.join(__dirname, "npmHost.mjs") } : { version: host.version }),
    extensionDevelopmentPath: extension,
    extensionTestsPath: path.join(bundle, "inside.js"),
    launchArgs: [
      story.repo,
      `--user-data-dir=${profile}`,
      `--extensions-dir=${path.join(profile, "extensions")}`,
    ],
    extensionTestsEnv: {
      ...(npm ? { AGENT_FOREMAN_NPM_HOST: JSON.stringify(host) } : {}),
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
    },
  });
}

/** The extension as it ships, and each test file on its own; mocha and what the servers of the tests need stay in node_modules. */
async function bundleTests(folder: string): Promise<void> {
  await rm(bundle, { recursive: true, force: true });
  const sources = await readdir(path.join(root, folder));
  await build({
    absWorkingDir: root,
    entryPoints: sources.filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`),
    outdir: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    // As the extension is bundled: some packages have a build that can be, and name it "module".
    mainFields: ["module", "main"],
    target: "node20",
    sourcemap: "inline",
    loader: { ".md": "text" },
    // These find files of their own beside them.
    external: ["vscode", "mocha", "emulate", "graphql", "@octokit/graphql-schema"],
    logLevel: "warning",
  });
}

const [host = "", folder = "test/host", extension = root] = process.argv.slice(2);
main(JSON.parse(host), folder, extension).catch((error: unknown) => {
  // The tests' own report has said it already.
  if (!(error instanceof TestRunFailedError)) console.error(error);
  process.exitCode = 1;
});
