import * as v from "valibot";
import { parseJson } from "../../store/log";

/** One of the repo's own checks: a name for a person, and what runs it. */
export interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Why it cannot be run here although the repo has it; null: nothing is known that would stop it. */
  readonly obstacle: string | null;
}

/** What lies in the top folder of a worktree. */
export interface TopFolder {
  readonly names: ReadonlySet<string>;
  /** Texts of the files in `readFirst`, where they are there. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What has to be read to tell. */
export const readFirst = ["package.json", "pyproject.toml", "Makefile"] as const;

/** Finds a repo's own checks by what its tools leave in the top folder: types first, then lint, then tests. */
export function detectChecks(top: TopFolder): Check[] {
  const found = [...node(top), ...rust(top), ...go(top), ...python(top), ...javaAndDotnet(top)];
  const all = found.length > 0 ? found : make(top);
  const order = ["typecheck", "lint", "test"];
  return all.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

const packageSchema = v.looseObject({
  scripts: v.optional(v.record(v.string(), v.unknown()), {}),
  packageManager: v.optional(v.string(), ""),
  dependencies: v.optional(v.looseObject({}), {}),
  devDependencies: v.optional(v.looseObject({}), {}),
});

const scripts: readonly (readonly [string, readonly string[]])[] = [
  ["typecheck", ["typecheck", "type-check", "check-types", "check:types", "types", "tsc"]],
  ["lint", ["lint"]],
  ["test", ["test"]],
];

function node({ names, texts }: TopFolder): Check[] {
  const parsed = v.safeParse(packageSchema, parseJson(texts.get("package.json") ?? ""));
  if (!parsed.success) return [];
  const manifest = parsed.output;
  const needs = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0;
  const installed = names.has("node_modules") || names.has(".pnp.cjs");
  const obstacle = needs && !installed ? "Its packages are not installed in this worktree." : null;
  const manager = packageManager(manifest.packageManager, names);
  return scripts.flatMap(([name, candidates]): Check[] => {
    const script = candidates.find((each) => isScript(manifest.scripts[each]));
    return script ? [{ name, command: [manager, "run", script], obstacle }] : [];
  });
}

/** npm writes a test script that only fails into every new package. */
function isScript(text: unknown): boolean {
  return typeof text === "string" && text.trim() !== "" && !text.includes("no test specified");
}

function packageManager(declared: string, names: ReadonlySet<string>): string {
  const named = /^(npm|pnpm|yarn|bun)@/.exec(declared)?.[1];
  if (named) return named;
  if (names.has("pnpm-lock.yaml")) return "pnpm";
  if (names.has("yarn.lock")) return "yarn";
  return names.has("bun.lock") || names.has("bun.lockb") ? "bun" : "npm";
}

function check(name: string, ...command: [string, ...string[]]): Check {
  return { name, command, obstacle: null };
}

function rust({ names }: TopFolder): Check[] {
  if (!names.has("Cargo.toml")) return [];
  return [check("typecheck", "cargo", "check", "--all-targets"), check("test", "cargo", "test")];
}

function go({ names }: TopFolder): Check[] {
  if (!names.has("go.mod")) return [];
  return [check("lint", "go", "vet", "./..."), check("test", "go", "test", "./...")];
}

function python({ names, texts }: TopFolder): Check[] {
  const project = texts.get("pyproject.toml") ?? "";
  const has = (tool: string, ...files: string[]) =>
    new RegExp(`^\\[tool\\.${tool}[.\\]]`, "m").test(project) || files.some((file) => names.has(file));
  return [
    ...(has("mypy", "mypy.ini") ? [check("typecheck", "mypy", ".")] : []),
    ...(has("pyright", "pyrightconfig.json") ? [check("typecheck", "pyright")] : []),
    ...(has("ruff", "ruff.toml", ".ruff.toml") ? [check("lint", "ruff", "check", ".")] : []),
    ...(has("pytest", "pytest.ini") ? [check("test", "pytest", "-q")] : []),
  ];
}

function javaAndDotnet({ names }: TopFolder): Check[] {
  if (names.has("gradlew")) return [check("test", "./gradlew", "check")];
  if (names.has("pom.xml")) return [check("test", names.has("mvnw") ? "./mvnw" : "mvn", "-q", "verify")];
  return [...names].some((name) => /\.slnx?$/.test(name)) ? [check("test", "dotnet", "test")] : [];
}

/** Only where no other tool is found, because such targets most often call those. */
function make({ texts }: TopFolder): Check[] {
  const targets = new Set(
    [...(texts.get("Makefile") ?? "").matchAll(/^([\w-]+)\s*:(?!=)/gm)].map(([, name]) => name),
  );
  return ["typecheck", "lint", "test"].flatMap((name) =>
    targets.has(name) ? [check(name, "make", name)] : [],
  );
}
