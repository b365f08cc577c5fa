// Bundles what ships. `--watch` rebuilds on every change.
import { readdir, rm, writeFile } from "node:fs/promises";
import { build, context } from "esbuild";

const common = {
  bundle: true,
  minify: true,
  sourcemap: process.argv.includes("--watch"),
  platform: "node",
  target: "node20",
  format: "cjs",
  legalComments: "none",
  logLevel: "info",
  // Some packages name their ES build "module"; it is the one that can be shaken.
  mainFields: ["module", "main"],
};

const bundles = [
  // What activation needs, and in files of their own what is read when it is first used.
  {
    ...common,
    entryPoints: ["src/extension.ts"],
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    chunkNames: "extension-[hash]",
    format: "esm",
    splitting: true,
    external: ["vscode"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  },
  { ...common, entryPoints: ["src/cli.ts"], outfile: "dist/cli.js", banner: { js: "#!/usr/bin/env node" } },
  // With the panel's styles beside it, as dist/panel.css.
  {
    ...common,
    entryPoints: ["media/findings/main.ts"],
    outfile: "dist/panel.js",
    platform: "browser",
    target: "es2022",
    format: "iife",
  },
];

// The names of its parts change with their content.
for (const file of await readdir("dist").catch(() => []))
  if (/^extension.*\.mjs$/.test(file)) await rm(`dist/${file}`, { force: true });

if (process.argv.includes("--watch")) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const results = await Promise.all(bundles.map((options) => build({ ...options, metafile: true })));
  if (process.argv.includes("--metafile")) {
    for (const [i, { metafile }] of results.entries())
      await writeFile(`${bundles[i].outfile ?? "dist/extension.mjs"}.meta.json`, JSON.stringify(metafile));
  }
}
