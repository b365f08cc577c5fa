// Bundles what ships. `--watch` rebuilds on every change; `--cli FILE` writes the command line alone, and there.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
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
  // Prompts are texts in the bundles.
  loader: { ".md": "text" },
  // Some packages name their ES build "module"; it is the one that can be shaken.
  mainFields: ["module", "main"],
};

const watching = process.argv.includes("--watch");
const extension = { ...common, entryPoints: ["src/extension.ts"], external: ["vscode"] };
const cli = { ...common, entryPoints: ["src/cli.ts"] };
// With the panel's styles beside it, as dist/panel.css.
const panel = {
  ...common,
  entryPoints: ["media/findings/main.ts"],
  outfile: "dist/panel.js",
  platform: "browser",
  target: "es2022",
  format: "iife",
};

/**
 * A bundle in parts: first what is needed at once, then what is read when it is first used. Only ES modules can be split,
 * and what ships is CommonJS, so each part is turned into that.
 */
async function buildParts(options, chunkNames) {
  const split = { format: "esm", splitting: true, outdir: "dist", chunkNames };
  const { outputFiles, metafile } = await build({ ...options, ...split, write: false, metafile: true });
  const parts = outputFiles.map(async ({ path: file, text }) => {
    const { code } = await transform(takenAsItIs(text), {
      format: "cjs",
      platform: "node",
      target: "node20",
      minify: true,
      legalComments: "none",
      supported: { "dynamic-import": false },
    });
    return { name: path.basename(file), code };
  });
  return { parts: await Promise.all(parts), metafile };
}

/** VS Code's API has some 450 members, of all of which CommonJS would get a copy for each file that imports it. */
function takenAsItIs(text) {
  return text.replaceAll(/import\s*\*\s*as ([\w$]+)\s*from\s*"vscode";/g, 'const $1=require("vscode");');
}

/**
 * What activation needs as dist/extension.js, in one file: to open one more costs a millisecond and more. What is read when
 * it is first used are files of their own.
 */
async function buildExtension() {
  const { parts, metafile } = await buildParts(extension, "extension-[hash]");
  const first = neededBy("dist/extension.js", metafile);
  const texts = parts
    .filter(({ name }) => first.has(name))
    .map(({ name, code }) => `"./${name}":(function(module,exports,require){${code}})`);
  const shell = await transform(`module.exports = (${loadAtOnce})(require, "parts")`, { minify: true });
  const [before, after] = shell.code.split('"parts"');
  await mkdir("dist", { recursive: true });
  for (const { name, code } of parts) {
    // A later part that needs one of these gets the same, not a second one.
    const text = first.has(name) ? `module.exports=require("./extension.js").part("./${name}");\n` : code;
    await writeFile(`dist/${name}`, text);
  }
  await writeFile("dist/extension.js", `${before}{${texts.join(",\n")}}${after}`);
  return metafile;
}

/** The names of the outputs that one cannot be loaded without, itself included. */
function neededBy(output, { outputs }) {
  const found = new Set();
  const waiting = [output];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const name = path.basename(file);
    if (found.has(name)) continue;
    found.add(name);
    const { imports } = outputs[file];
    waiting.push(
      ...imports
        .filter((each) => each.kind === "import-statement" && !each.external)
        .map((each) => each.path),
    );
  }
  return found;
}

/** Is written into the extension as it stands here. */
function loadAtOnce(file, parts) {
  const made = {};
  const load = (name) => {
    if (!(name in parts)) return file(name);
    if (!(name in made)) {
      const part = { exports: {} };
      made[name] = part;
      parts[name](part, part.exports, load);
    }
    return made[name].exports;
  };
  return { ...load("./extension.js"), part: load };
}

/**
 * One file, which people copy to where they need it. The later parts are texts in it: to compile all of them takes longer
 * than a check.
 */
async function buildCli(file) {
  const { parts, metafile } = await buildParts(cli, "[hash]");
  const first = parts.find(({ name }) => name === "cli.js");
  const later = parts.filter((part) => part !== first);
  const texts = Object.fromEntries(later.map(({ name, code }) => [`./${name}`, code]));
  const shell = await transform(`(${loadParts})(require, ${JSON.stringify(texts)}, "first")`, {
    minify: true,
  });
  const [before, after] = shell.code.split('"first"');
  const code = `#!/usr/bin/env node\n${before}function(require){${first.code}}${after}`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, code);
  return metafile;
}

/** Is written into the command line as it stands here. */
function loadParts(builtIn, texts, first) {
  const made = {};
  const load = (name) => {
    if (!(name in texts)) return builtIn(name);
    if (!(name in made)) {
      const part = { exports: {} };
      made[name] = part;
      const run = builtIn("node:vm").compileFunction(texts[name], ["module", "exports", "require"], {
        filename: `agent-foreman/${name}`,
      });
      run(part, part.exports, load);
    }
    return made[name].exports;
  };
  first(load);
}

const only = process.argv.indexOf("--cli");
if (only >= 0) await buildCli(process.argv[only + 1]);
else if (watching) {
  const whole = [
    { ...extension, outfile: "dist/extension.js" },
    { ...cli, outfile: "dist/cli.js", banner: { js: "#!/usr/bin/env node" } },
    panel,
  ];
  for (const options of whole) await (await context(options)).watch();
} else {
  // The names of its parts change with their content.
  for (const file of await readdir("dist").catch(() => []))
    if (/^extension.*\.m?js/.test(file)) await rm(`dist/${file}`, { force: true });
  const made = {
    extension: await buildExtension(),
    cli: await buildCli("dist/cli.js"),
    panel: (await build({ ...panel, metafile: true })).metafile,
  };
  if (process.argv.includes("--metafile"))
    for (const [name, metafile] of Object.entries(made))
      await writeFile(`dist/${name}.js.meta.json`, JSON.stringify(metafile));
}
