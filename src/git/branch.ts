import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Repo } from "./repo";
import { run } from "./run";

/** The local branch that a name stands for (`HEAD`: the one that is checked out); null for anything else. */
export async function branchOf(repo: Repo, name: string): Promise<string | null> {
  // Git takes it for the id that it looks like, whatever a branch may be called.
  if (isOid(name)) return null;
  const dir = repo.top ?? repo.commonDir;
  const plain = name === "HEAD" ? await readHead(dir) : null;
  if (plain !== null) return plain;
  const found =
    name === "HEAD"
      ? await run(dir, ["symbolic-ref", "--quiet", "HEAD"])
      : await run(dir, [
          "rev-parse",
          "--symbolic-full-name",
          "--verify",
          "--quiet",
          "--end-of-options",
          name,
        ]);
  const ref = found.stdout.trimEnd();
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null;
}

/** Whether it is an object's whole id. */
export function isOid(name: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(name);
}

/**
 * The branch as the file says, which takes a tenth of git's time; null where only git can tell: a commit is checked out,
 * or refs are kept in another form.
 *
 *     ref: refs/heads/agent/csv
 */
async function readHead(dir: string): Promise<string | null> {
  // A worktree's own git directory; in a bare repo it is the folder itself.
  const linked = await readFile(path.join(dir, ".git"), "utf8").catch(
    ({ code }: NodeJS.ErrnoException) => code,
  );
  const gitDir =
    linked === "EISDIR" ? path.join(dir, ".git") : (/^gitdir: (.+?)\r?\n?$/.exec(linked ?? "")?.[1] ?? dir);
  const text = await readFile(path.join(path.resolve(dir, gitDir), "HEAD"), "utf8").catch(() => "");
  const branch = /^ref: refs\/heads\/(.+)\n$/.exec(text)?.[1];
  return branch === undefined || branch === ".invalid" ? null : branch;
}
