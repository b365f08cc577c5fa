import type { Oid } from "../model/worktree";
import { utf8 } from "./quoted";
import type { Repo } from "./repo";
import { run } from "./run";

/** A commit that a branch once had. */
export interface DroppedCommit {
  readonly oid: Oid;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
}

/**
 * Commits of earlier heads that none of `kept` has; merges are left out. Heads that are gone from the repo are passed over.
 *
 *     <oid>␀Ann␀ann@example.com␀feat: csv export
 */
export async function readDropped(
  repo: Repo,
  earlier: readonly Oid[],
  kept: readonly Oid[],
): Promise<DroppedCommit[]> {
  const input = `${[...earlier, ...kept.map((oid) => `^${oid}`)].join("\n")}\n`;
  const args = [
    "log",
    "--no-merges",
    "--ignore-missing",
    "--format=%H%x00%an%x00%ae%x00%s",
    "--max-count=200",
    "--stdin",
  ];
  const result = await run(repo.commonDir, args, { input });
  return parse(result.stdout);
}

/** Those of a head's commits whose change the other head has in no form. */
export async function readNotPicked(repo: Repo, kept: Oid, earlier: Oid): Promise<DroppedCommit[]> {
  const args = ["log", "--no-merges", "--cherry-pick", "--right-only", "--format=%H%x00%an%x00%ae%x00%s"];
  return parse((await run(repo.commonDir, [...args, `${kept}...${earlier}`])).stdout);
}

function parse(text: string): DroppedCommit[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [oid = "", author = "", email = "", subject = ""] = line.split("\0");
      return { oid, author: utf8(author), email, subject };
    });
}
