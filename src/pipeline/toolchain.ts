import type { Facts } from "./look";
import { actions } from "./pins";
import type { YamlMap } from "./yaml";

/** The steps before a job's own command: the change, its language, its packages. */
export function prepare(facts: Facts): YamlMap[] {
  return [
    { uses: actions.checkout, with: { "persist-credentials": false } },
    ...node(facts),
    ...python(facts),
  ];
}

const lockFiles = {
  npm: ["package-lock.json", "npm-shrinkwrap.json"],
  pnpm: ["pnpm-lock.yaml"],
  yarn: ["yarn.lock"],
  bun: ["bun.lock", "bun.lockb"],
};

function node({ packageManager: manager, names, needsInstall }: Facts): YamlMap[] {
  if (manager === null) return [];
  const locked = lockFiles[manager].some((name) => names.has(name));
  const file = [".nvmrc", ".node-version"].find((name) => names.has(name));
  const version: YamlMap = file ? { "node-version-file": file } : { "node-version": 22 };
  // Only npm is there before packages are cached.
  const cache: YamlMap = locked && manager === "npm" ? { cache: "npm" } : {};
  const install = {
    npm: locked ? "npm ci" : "npm install --no-audit --no-fund",
    pnpm: locked ? "pnpm install --frozen-lockfile" : "pnpm install",
    yarn: locked ? "yarn install --immutable || yarn install --frozen-lockfile" : "yarn install",
    bun: locked ? "bun install --frozen-lockfile" : "bun install",
  }[manager];
  return [
    { uses: actions.setupNode, with: { ...version, ...cache } },
    ...(manager === "pnpm" || manager === "yarn" ? [{ run: "corepack enable" }] : []),
    ...(manager === "bun" ? [{ run: "npm install --global bun@1" }] : []),
    ...(needsInstall || locked ? [{ run: install }] : []),
  ];
}

function python({ names }: Facts): YamlMap[] {
  if (names.has("requirements.txt")) return [{ run: "python3 -m pip install -r requirements.txt" }];
  if (names.has("pyproject.toml"))
    return [{ run: "python3 -m pip install -e '.[dev]' || python3 -m pip install -e ." }];
  return [];
}
