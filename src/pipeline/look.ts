import { readdir } from "node:fs/promises";
import * as v from "valibot";
import { detectChecks, readFirst } from "../review/selfCheck/detect";
import { parseJson } from "../store/log";
import { readRepoFile } from "../worktrees/repoFile";
import { type Database, databasesIn } from "./databases";

/** A job of the project's own: a name, and the commands that it runs. */
export interface OwnJob {
  readonly id: string;
  readonly name: string;
  readonly command: string;
}

/** What the repo is made of, as far as its pipeline depends on it. */
export interface Facts {
  readonly top: string;
  /** The branch that work goes into. */
  readonly branch: string;
  readonly names: ReadonlySet<string>;
  /** Null: no JavaScript. */
  readonly packageManager: "npm" | "pnpm" | "yarn" | "bun" | null;
  /** The scripts of package.json whose names a command line takes as they are. */
  readonly scripts: ReadonlySet<string>;
  /** Its packages have to be installed. */
  readonly needsInstall: boolean;
  readonly jobs: readonly OwnJob[];
  readonly databases: readonly Database[];
  /** Workflows that somebody else wrote, by their file names. */
  readonly workflows: readonly string[];
}

const packageSchema = v.looseObject({
  scripts: v.optional(v.record(v.string(), v.unknown()), {}),
  dependencies: v.optional(v.looseObject({}), {}),
  devDependencies: v.optional(v.looseObject({}), {}),
});

const jobIds: Readonly<Record<string, readonly [id: string, name: string]>> = {
  typecheck: ["typecheck", "Type check"],
  lint: ["lint", "Lint"],
  test: ["unit", "Unit tests"],
};

export const ciFile = ".github/workflows/agent-foreman.yml";

/** Looks at a worktree's files; runs nothing of it. */
export async function lookAt(top: string, branch: string): Promise<Facts> {
  const names = new Set(await readdir(top).catch(() => []));
  const read = async (name: string) => (await readRepoFile(top, name)).text;
  const texts = new Map<string, string>();
  for (const name of readFirst) {
    const text = names.has(name) ? await read(name) : null;
    if (text !== null) texts.set(name, text);
  }
  const manifest = v.safeParse(packageSchema, parseJson(texts.get("package.json") ?? ""));
  const { scripts = {}, dependencies = {}, devDependencies = {} } = manifest.success ? manifest.output : {};
  // In a pipeline everything is installed first, so what is missing here is no obstacle there.
  const checks = detectChecks({ names, texts });
  const jobs = checks.flatMap(({ name, command }): OwnJob[] => {
    const [id, words] = jobIds[name] ?? [];
    const safe = command.every((word) => /^[\w@%+=:,./-]+$/.test(word));
    return id && words && safe ? [{ id, name: words, command: command.join(" ") }] : [];
  });
  const manager = checks.map(({ command }) => command[0]).find(isManager) ?? null;
  const compose = [...names].filter((name) => /^(docker-)?compose[\w.-]*\.ya?ml$/.test(name));
  const composeTexts = await Promise.all(compose.map(read));
  const workflows = await readdir(`${top}/.github/workflows`).catch(() => []);
  return {
    top,
    branch,
    names,
    packageManager: manager ?? (manifest.success && names.has("package.json") ? "npm" : null),
    scripts: new Set(Object.keys(scripts).filter((name) => /^[\w][\w:.-]*$/.test(name))),
    needsInstall: Object.keys({ ...dependencies, ...devDependencies }).length > 0,
    jobs,
    databases: databasesIn(composeTexts.filter((text) => text !== null)),
    workflows: workflows.filter((name) => /\.ya?ml$/.test(name) && !ciFile.endsWith(`/${name}`)),
  };
}

function isManager(word: string): word is "npm" | "pnpm" | "yarn" | "bun" {
  return ["npm", "pnpm", "yarn", "bun"].includes(word);
}
