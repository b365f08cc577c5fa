// Bundles what ships. `--watch` rebuilds on every change.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { build, context, transform } from "esbuild";

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

const watching = process.argv.includes("--watch");
const extension = { ...common, entryPoints: ["src/extension.ts"], external: ["vscode"] };
const bundles = [
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

/**
 * What activation needs as dist/extension.js, and in files of their own what is read when it is first used. Only ES
 * modules can be split, and VS Code reads a .js file as CommonJS, so each part is turned into that.
 */
async function buildExtension() {
  const split = { format: "esm", splitting: true, outdir: "dist", chunkNames: "extension-[hash]" };
  const { outputFiles, metafile } = await build({ ...extension, ...split, write: false, metafile: true });
  await mkdir("dist", { recursive: true });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: "cjs",
      platform: "node",
      target: "node20",
      minify: true,
      legalComments: "none",
      supported: { "dynamic-import": false },
    });
    await writeFile(path, code);
  }
  return { metafile };
}

// The names of its parts change with their content.
for (const file of await readdir("dist").catch(() => []))
  if (/^extension.*\.m?js/.test(file)) await rm(`dist/${file}`, { force: true });

if (watching) {
  for (const options of [{ ...extension, outfile: "dist/extension.js" }, ...bundles])
    await (await context(options)).watch();
} else {
  const results = await Promise.all([
    buildExtension(),
    ...bundles.map((options) => build({ ...options, metafile: true })),
  ]);
  if (process.argv.includes("--metafile")) {
    const files = ["dist/extension.js", ...bundles.map(({ outfile }) => outfile)];
    for (const [i, { metafile }] of results.entries())
      await writeFile(`${files[i]}.meta.json`, JSON.stringify(metafile));
  }
}
