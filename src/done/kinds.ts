import ignore from "ignore";

/** Whether a path is meant by patterns as in .gitignore. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const rules = ignore().add([...globs]);
  return (path) => ignore.isPathValid(path) && rules.ignores(path);
}

const code =
  /\.([cm]?[jt]sx?|vue|svelte|astro|py|rb|go|rs|java|kts?|scala|cs|fs|swift|m|mm|c|cc|cpp|cxx|h|hpp|php|ex|exs|erl|hs|clj|lua|dart|sql|sh|css|scss|html)$/i;
const test =
  /(^|\/)(tests?|__tests__|specs?|e2e|fixtures?|testdata|__mocks__|__snapshots__)\/|[._-](test|spec|bench|stories)\.\w+$|(^|\/)(test_[^/]*|conftest)\.py$|_test\.(go|py|rb)$/i;
const prose = /\.(md|mdx|markdown|rst|adoc|txt)$/i;
const tooling =
  /(^|\/)(\.[^/]+|scripts?|tools?|bin|examples?|bench(marks?)?)\/|(^|\/)\.[^/]+$|\.config\.[cm]?[jt]s$|(^|\/)(esbuild|rollup|webpack|gulpfile|Gruntfile|vite|Dangerfile|dangerfile|Makefile|Dockerfile)[^/]*$/;
const script = /\.[cm]?[jt]sx?$/;

export function isTest(path: string): boolean {
  return test.test(path);
}

export function isProse(path: string): boolean {
  return prose.test(path);
}

/** Code that is delivered: no test, no tool of the project. */
export function isSource(path: string): boolean {
  return code.test(path) && !isTest(path) && !tooling.test(path);
}

export function isCode(path: string): boolean {
  return code.test(path);
}

/** JavaScript or TypeScript with text that somebody wrote. */
export function isScript(path: string): boolean {
  return script.test(path) && !path.endsWith(".d.ts") && !/\.min\.[cm]?js$/.test(path);
}
