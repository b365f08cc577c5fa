import path from "node:path";
import { runOfFile } from "../../store/runFile";

/** What a changed file says must be looked at again; null: nothing. */
export type Touched =
  | { readonly kind: "refs" }
  | { readonly kind: "agents" }
  | { readonly kind: "files"; readonly path: string }
  /** The index of the linked worktree with this id, see `<commonDir>/worktrees/<id>/gitdir`. */
  | { readonly kind: "index"; readonly id: string }
  | null;

/** Folders whose content git nearly always ignores, and that are too big to be watched. */
export const heavyFolders: ReadonlySet<string> = new Set([
  ".git",
  ".gradle",
  ".mypy_cache",
  ".next",
  ".nuxt",
  ".pnpm-store",
  ".terraform",
  ".tox",
  ".turbo",
  ".venv",
  ".yarn",
  "__pycache__",
  "bower_components",
  "node_modules",
  "target",
  "venv",
]);

/** For a file below the common git directory. Locks come and go around every write and say nothing. */
export function touchedInGit(commonDir: string, file: string): Touched {
  const parts = path.relative(commonDir, file).split(path.sep);
  const [top = "", second, third, ...deeper] = parts;
  const name = parts.at(-1) ?? "";
  if (name.endsWith(".lock") || name.endsWith(".tmp") || parts.includes("logs")) return null;
  switch (top) {
    case "HEAD":
    case "FETCH_HEAD":
    case "packed-refs":
    case "reftable":
    case "config":
      return { kind: "refs" };
    case "refs":
      return second === undefined || second === "heads" || second === "remotes" ? { kind: "refs" } : null;
    case "worktrees":
      if (second === undefined || third === undefined) return { kind: "refs" };
      if (deeper.length > 0) return null;
      if (third === "index") return { kind: "index", id: second };
      return ["HEAD", "gitdir", "locked"].includes(third) ? { kind: "refs" } : null;
    case "agent-foreman":
      if (second === "recoveries") return third?.endsWith(".json") ? { kind: "refs" } : null;
      if (second !== undefined && runOfFile(second) !== null) return { kind: "agents" };
      // Of reviews and of the project's own checks, what is done depends on them.
      return second?.endsWith(".jsonl") || second === "review" || second === "checks"
        ? { kind: "refs" }
        : null;
    default:
      return null;
  }
}

/** For a file below a worktree: of several worktrees that hold it (one may lie in another), the innermost. */
export function touchedInFolders(worktrees: readonly string[], file: string): Touched {
  let owner: string | null = null;
  for (const top of worktrees) {
    if (file.startsWith(top + path.sep) && top.length > (owner?.length ?? 0)) owner = top;
  }
  if (owner === null) return null;
  const parts = path.relative(owner, file).split(path.sep);
  return parts.some((part) => heavyFolders.has(part)) ? null : { kind: "files", path: owner };
}
