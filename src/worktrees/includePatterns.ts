import ignore from "ignore";

/** Which of git's ignored entries a `.worktreeinclude` asks for. Paths are `/`-separated; folders end in `/`. */
export interface IncludeRules {
  /** Whether this file, or this whole folder, is wanted. */
  wants(path: string): boolean;
  /** Whether something below this folder may be wanted by a pattern that leads into it, such as `config/secrets/*.json`. */
  leadsInto(folder: string): boolean;
}

/**
 * Reads a `.worktreeinclude` (gitignore's syntax). A pattern without a place of its own, such as `.env` or
 * `**\/*.pem`, does not lead into wholly ignored folders: looking for it there would mean to walk node_modules.
 */
export function includeRules(text: string): IncludeRules {
  const rules = ignore().add(text);
  const places = text
    .split(/\r?\n/)
    .filter((line) => /^[^#!\s]/.test(line))
    .map((line) => line.trim().replace(/^\//, "").replace(/\/$/, ""))
    .filter((pattern) => pattern.includes("/"))
    .map((pattern) => pattern.split("/"));
  return {
    wants: (path) => rules.ignores(path),
    leadsInto: (folder) => {
      const parts = folder.split("/").filter(Boolean);
      return places.some(
        (place) =>
          place.length > parts.length &&
          parts.every((part, i) => place[i] !== "**" && ignore().add(`/${place[i]}`).ignores(part)),
      );
    },
  };
}
