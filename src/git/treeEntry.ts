import type { TreeEntry } from "./rawChanges";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** What a commit or tree has at a path; null: nothing. */
export async function readTreeEntry(repo: Repo, tree: string, path: string): Promise<TreeEntry | null> {
  const args = ["--literal-pathspecs", "ls-tree", "-z", "--full-tree", tree, "--", path];
  return parse(await runOk(repo.commonDir, args));
}

/** `100644 blob 5c0ffee…\tsrc/a.ts\0`, or nothing. */
function parse(text: string): TreeEntry | null {
  const [, mode = "", oid = ""] = /^(\d{6}) \w+ ([0-9a-f]+)\t/.exec(text) ?? [];
  return mode === "" ? null : { mode, oid };
}
