const names = new Set([
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "bun.lockb",
  "deno.lock",
  "Cargo.lock",
  "go.sum",
  "go.work.sum",
  "poetry.lock",
  "uv.lock",
  "pdm.lock",
  "Pipfile.lock",
  "Gemfile.lock",
  "composer.lock",
  "mix.lock",
  "pubspec.lock",
  "Podfile.lock",
  "Package.resolved",
  "packages.lock.json",
  "gradle.lockfile",
  "flake.lock",
  ".terraform.lock.hcl",
  "psalm-baseline.xml",
  "phpstan-baseline.neon",
  ".rubocop_todo.yml",
]);
const endings =
  /(\.min\.(js|css)|\.(js|css)\.map|\.pb\.(go|cc|h)|_pb2(_grpc)?\.pyi?|\.g\.dart|\.snap|\.term\.svg|\.generated\.\w+|\.designer\.cs)$/i;
/** Among them what tests compare with, and what `go mod vendor` copies, which has the name of a server first, with its list of that. */
const folders =
  /(^|\/)(__snapshots__\/|tests?\/(.*\/)?snapshots\/[^/]+\.(svg|txt)$|tests?\/.*\.stderr$|sorbet\/rbi\/(dsl|gems|annotations)\/|node_modules\/|vendor\/([\w-]+(\.[\w-]+)+\/|modules\.txt$))/;

/** Whether a program writes this file, so that its lines belong to nobody. */
export function isGenerated(path: string): boolean {
  return names.has(path.slice(path.lastIndexOf("/") + 1)) || endings.test(path) || folders.test(path);
}

const catalog = /\.(?:pot?|xlf|xliff)$/i;
const bookkeeping =
  /^#: |^"(?:POT-Creation|PO-Revision)-Date: |^\s*<context context-type="(?:linenumber|sourcefile)">/;

/** Whether a program writes this line into a file that people translate: where in the code a text stands, and when it was read. */
export function isBookkeeping(path: string, line: string): boolean {
  return catalog.test(path) && bookkeeping.test(line);
}
