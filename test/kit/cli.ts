import { execFile, execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { tempDir } from "./repo";

const root = path.resolve(__dirname, "../..");
let bundle: string | undefined;

/** The command line as it ships: bundled once a test run from the sources of now. */
export function cliFile(): string {
  if (!bundle) {
    bundle = path.join(tempDir(), "cli.js");
    execFileSync(process.execPath, ["esbuild.mjs", "--cli", bundle], { cwd: root });
  }
  return bundle;
}

let ownHome: string | undefined;

/** Nothing of the person who runs the tests is written to, or taken away. */
function home(): string {
  ownHome ??= tempDir();
  return ownHome;
}

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `agent-foreman ARGS` in `dir` as a process of its own. */
export function cli(dir: string, ...args: string[]): CliResult {
  return cliWith({}, dir, ...args);
}

/** The same with some environment variables set otherwise. */
export function cliWith(env: NodeJS.ProcessEnv, dir: string, ...args: string[]): CliResult {
  const options = {
    cwd: dir,
    encoding: "utf8",
    env: { ...process.env, GEMINI_CLI_HOME: home(), ...env },
  } as const;
  const result = spawnSync(process.execPath, [cliFile(), ...args], options);
  return { exitCode: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** The same while this process goes on, for example to be the server that it asks. */
export function cliBeside(env: NodeJS.ProcessEnv, dir: string, ...args: string[]): Promise<CliResult> {
  const options = {
    cwd: dir,
    encoding: "utf8",
    env: { ...process.env, GEMINI_CLI_HOME: home(), ...env },
  } as const;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cliFile(), ...args], options, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}

/** Runs with `--format json`, checks the document against its shipped schema, and gives it. */
export function cliJson<T>(schema: string, dir: string, ...args: string[]): T {
  return validated(schema, cli(dir, ...args, "--format", "json").stdout);
}

/** Checks a document against its shipped schema, and gives it. */
export function validated<T>(schema: string, stdout: string): T {
  const document: unknown = JSON.parse(stdout);
  const text = readFileSync(path.join(root, "media/schemas", `${schema}.schema.json`), "utf8");
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<T>(JSON.parse(text));
  if (!validate(document)) throw new Error(`${JSON.stringify(validate.errors, null, 1)}\n${stdout}`);
  return document;
}
