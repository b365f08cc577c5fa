import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Oid } from "../model/worktree";
import { surroundingEnvironment, withGitEnvironment } from "./environment";
import { ObjectReader } from "./objectReader";
import { type NewObject, packObjects } from "./pack";
import type { Repo } from "./repo";

/**
 * A bare repo in a temp folder that borrows the objects of a real one. Merges tried here leave nothing in the real
 * repo, obey none of its merge drivers and attributes (a driver that keeps "ours" would make lost work look landed),
 * and never fetch what a partial clone lacks.
 */
export interface Scratch {
  /** Where it lies. It is made when that is first asked for: often nothing has to be tried out. */
  open(): Promise<OpenScratch>;
  /** Reads what is here and in the real repo. */
  readonly objects: ObjectReader;
  /** Writes a commit with this tree and these parents; nobody's and always of the same date, so that its id follows from them. */
  commit(tree: Oid, parents: readonly Oid[]): Promise<Oid>;
  /** Writes a tree of plain files, named by their places in the list. */
  tree(blobs: readonly Oid[]): Promise<Oid>;
}

export interface OpenScratch {
  readonly dir: string;
  /** For git that writes objects here. */
  readonly env: Readonly<Record<string, string>>;
}

/** The name that `Scratch.tree` gives to a place; git wants a tree's names in the order of their bytes. */
export function placeName(place: number): string {
  return `f${String(place).padStart(7, "0")}`;
}

/**
 * Hands a scratch repo to `action`, and removes it. `some` is any object id of the repo. With `keep` what git writes there
 * stays, as loose objects of the real repo. Inside `Aside.use` it has the objects there too.
 */
export async function withScratch<T>(
  repo: Repo,
  some: Oid,
  action: (scratch: Scratch) => Promise<T>,
  keep = false,
): Promise<T> {
  let opening: Promise<OpenScratch> | null = null;
  let over = false;
  const open = () => {
    // Nobody would remove one that is made after the end.
    if (over && !opening) return Promise.reject(new Error("There is no scratch repo any more."));
    opening ??= makeScratch(repo, some, keep);
    return opening;
  };
  const dirOf = async () => (await open()).dir;
  const objects = new ObjectReader(dirOf);
  const pack = packer(dirOf, hashOf(some));
  const scratch: Scratch = {
    open,
    objects,
    commit: (tree, parents) => pack("commit", commitBody(tree, parents)),
    tree: (blobs) => pack("tree", treeBody(blobs)),
  };
  const outer = surroundingEnvironment("GIT_OBJECT_DIRECTORY");
  try {
    if (outer === undefined) return await action(scratch);
    const own = {
      GIT_OBJECT_DIRECTORY: path.join(await dirOf(), "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(outer),
    };
    return await withGitEnvironment(own, () => action(scratch));
  } finally {
    over = true;
    await objects.end();
    const opened = await (opening as Promise<OpenScratch> | null)?.catch(() => null);
    if (opened) await rm(opened.dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function makeScratch(repo: Repo, some: Oid, keep: boolean): Promise<OpenScratch> {
  const dir = await mkdtemp(path.join(tmpdir(), "agent-foreman-scratch-"));
  try {
    await mkdir(path.join(dir, "objects", "info"), { recursive: true });
    await Promise.all([
      mkdir(path.join(dir, "objects", "pack")),
      mkdir(path.join(dir, "refs")),
      writeFile(path.join(dir, "HEAD"), "ref: refs/heads/none\n"),
      writeFile(path.join(dir, "objects", "info", "alternates"), `${path.join(repo.commonDir, "objects")}\n`),
      writeFile(path.join(dir, "config"), config(some, path.join(dir, "no-attributes"))),
      // Where a shallow clone's history ends; most repos have no such file.
      copyFile(path.join(repo.commonDir, "shallow"), path.join(dir, "shallow")).catch(() => undefined),
    ]);
  } catch (error) {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
  // Git writes no object that it finds anywhere, so here nothing but our own commits may be where it does not write.
  const kept = {
    GIT_OBJECT_DIRECTORY: path.join(repo.commonDir, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(path.join(dir, "objects")),
  };
  return { dir, env: keep ? kept : {} };
}

/** Settles everything that a person's own settings could change about a merge. */
function config(some: Oid, noAttributes: string): string {
  const format = hashOf(some) === "sha256" ? "1\n[extensions]\n\tobjectFormat = sha256\n[core]" : "0";
  return `[core]
	repositoryFormatVersion = ${format}
	bare = true
	attributesFile = ${JSON.stringify(noAttributes)}
[merge]
	default = text
	renames = true
	directoryRenames = conflict
	renormalize = false
[diff]
	algorithm = histogram
	renames = true
`;
}

export function hashOf(oid: Oid): "sha1" | "sha256" {
  return oid.length === 64 ? "sha256" : "sha1";
}

function commitBody(tree: Oid, parents: readonly Oid[]): Buffer {
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`)];
  // Later than any real commit: git looks for merge bases from the newest date on.
  const nobody = "nobody <> 4102444800 +0000";
  return Buffer.from(`${lines.join("\n")}\nauthor ${nobody}\ncommitter ${nobody}\n\n`);
}

function treeBody(blobs: readonly Oid[]): Buffer {
  return Buffer.concat(
    blobs.flatMap((oid, place) => [Buffer.from(`100644 ${placeName(place)}\0`), Buffer.from(oid, "hex")]),
  );
}

/**
 * Writes objects, those that are asked for at one time in one pack: to make a file takes longer than all else about a
 * short commit.
 */
function packer(
  dirOf: () => Promise<string>,
  hash: "sha1" | "sha256",
): (type: NewObject["type"], body: Buffer) => Promise<Oid> {
  const written = new Map<Oid, Promise<Oid>>();
  let waiting: NewObject[] = [];
  let writing: Promise<void> | null = null;
  const write = async (): Promise<void> => {
    const dir = await dirOf();
    await new Promise(setImmediate);
    const objects = waiting;
    [waiting, writing] = [[], null];
    const { pack, index } = packObjects(objects, hash);
    const file = path.join(dir, "objects", "pack", `pack-${pack.toString("hex", pack.length - 20)}`);
    await writeFile(`${file}.pack`, pack);
    // Git takes a pack for whole when it has an index.
    await writeFile(`${file}.idx`, index);
  };
  return (type, body) => {
    const oid = createHash(hash).update(`${type} ${body.length}\0`).update(body).digest("hex");
    const known = written.get(oid);
    if (known) return known;
    waiting.push({ oid, type, body });
    writing ??= write();
    const done = writing.then(() => oid);
    written.set(oid, done);
    return done;
  };
}
