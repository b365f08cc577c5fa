import { type ParseError, parse } from "jsonc-parser";
import type { Change } from "./change";

// What package managers do themselves when a package has no such script.
const builtIn = new Set([
  "ci",
  "install",
  "i",
  "add",
  "exec",
  "x",
  "dlx",
  "create",
  "init",
  "publish",
  "pack",
]);

/** The scripts of all package.json files that the rules may read; null where one of them cannot be understood. */
export function scriptsIn(
  paths: ReadonlySet<string>,
  read: (path: string) => string | null,
): Set<string> | null {
  const found = new Set<string>();
  for (const path of paths) {
    if (!isPackageFile(path)) continue;
    const errors: ParseError[] = [];
    const { scripts } = (parse(read(path) ?? "", errors) ?? {}) as { scripts?: unknown };
    if (errors.length > 0) return null;
    if (scripts && typeof scripts === "object") for (const name of Object.keys(scripts)) found.add(name);
  }
  return found;
}

export function isPackageFile(path: string): boolean {
  return /(^|\/)package\.json$/.test(path) && !path.includes("node_modules/");
}

export function goneScripts(change: Change): string[] {
  const after = scriptsIn(change.after, change.read);
  const before = scriptsIn(change.before, change.readBefore);
  return after && before ? [...before].filter((name) => !after.has(name)) : [];
}

/** The scripts that a text tells somebody to run: `npm run lint`, `pnpm run lint`, `npm test`. */
export function namedScripts(text: string): string[] {
  const run = /\b(?:npm|pnpm|yarn|bun) run (?:-\S+ )*([\w][\w:.-]*)/g;
  const short = /\b(?:npm|pnpm|yarn) (test|start)\b/g;
  return [...text.matchAll(run), ...text.matchAll(short)]
    .map((hit) => (hit[1] ?? "").replace(/[.:-]+$/, ""))
    .filter((name) => !builtIn.has(name));
}

/** How documents call a script. */
export function callsOf(script: string): string[] {
  const managers = ["npm", "pnpm", "yarn", "bun"];
  const short = /^(test|start)$/.test(script) ? managers.map((manager) => `${manager} ${script}`) : [];
  return [...managers.map((manager) => `${manager} run ${script}`), ...short];
}
