import type { Oid } from "../model/worktree";
import { gitAt, type Place } from "./changes";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** Stores bytes and returns their id. */
export async function storeBytes(repo: Repo, content: Buffer): Promise<Oid> {
  return (await runOk(repo.dir, ["hash-object", "-w", "--stdin"], { input: content })).trim();
}

/** Stores files (absolute paths) as they are on disk, no filter applied; ids in the same order. */
export function storeFiles(repo: Repo, files: readonly string[]): Promise<Oid[]> {
  return hashAll(repo.dir, ["hash-object", "-w", "--no-filters", "--stdin-paths"], files);
}

/** The ids that `git add` would give files of a worktree (paths inside it); nothing is stored. */
export function hashAsAdded(place: Place, files: readonly string[]): Promise<Oid[]> {
  return hashAll(place.folder, gitAt(place, "hash-object", "--stdin-paths"), files);
}

async function hashAll(dir: string, args: readonly string[], files: readonly string[]): Promise<Oid[]> {
  if (files.length === 0) return [];
  const input = files.map((file) => `${quoted(file)}\n`).join("");
  const oids = (await runOk(dir, args, { input })).trimEnd().split("\n");
  if (oids.length !== files.length) throw new Error(`Git hashed ${oids.length} of ${files.length} files.`);
  return oids;
}

/** As git reads one path a line: in quotes where the path itself could be taken for a quoted or a second one. */
function quoted(file: string): string {
  if (!/[\n"]/.test(file)) return file;
  return `"${file.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
