import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** One import of one source file. */
export interface Import {
  /** The importing file, relative to the source folder, with forward slashes. */
  readonly from: string;
  /** A file like `from` when it is one of ours, else the package as written. */
  readonly to: string;
  readonly ours: boolean;
  /** Gone once it is compiled. */
  readonly typeOnly: boolean;
}

const statement =
  /^\s*(?:import|export)\s[^;"']*?from\s*"([^"]+)"|^\s*import\s*"([^"]+)"|\b(?:import|require)\(\s*"([^"]+)"/gm;

/** Every import in the TypeScript files of `source`, of types and of values alike. */
export function readImports(source: string): Import[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"));
  const known = new Set(files);
  return files.flatMap((from) =>
    [...readFileSync(path.join(source, from), "utf8").matchAll(statement)].map((match) => {
      const written = match[1] ?? match[2] ?? match[3] ?? "";
      const typeOnly = /^\s*(?:import|export)\s+type\b/.test(match[0]);
      if (!written.startsWith(".")) return { from, to: written, ours: false, typeOnly };
      const target = path.posix.join(path.posix.dirname(from), written);
      const to = [target, `${target}.ts`, `${target}/index.ts`].find((file) => known.has(file));
      return { from, to: to ?? `${target}, which is not there`, ours: true, typeOnly };
    }),
  );
}
