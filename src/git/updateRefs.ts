import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { type GitOptions, type GitResult, run } from "./run";

/** `create` fails where the ref exists; `delete` where it is not at `oid` any more. */
export type RefChange =
  | { readonly verb: "create"; readonly ref: string; readonly oid: Oid }
  | { readonly verb: "delete"; readonly ref: string; readonly oid: Oid };

/** Changes all the refs, in the order given, or none of them (exit code ≠ 0). */
export async function updateRefs(
  repo: Repo,
  message: string,
  changes: readonly RefChange[],
  options: GitOptions = {},
): Promise<GitResult> {
  const input = changes.map(({ verb, ref, oid }) => `${verb} ${ref}\0${oid}\0`).join("");
  return run(repo.dir, ["update-ref", "-m", message, "--stdin", "-z"], { ...options, input });
}
