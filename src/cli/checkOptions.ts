import type { Repo } from "../git/repo";
import type { Method } from "../model/check";
import type { Refusal } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { recordsInPlace } from "../worktrees/record";
import type { Context } from "./command";

export const methods: readonly Method[] = ["squash", "merge", "rebase"];

/** What `--method` says; squash where it says nothing. */
export function readMethod({ method = "squash" }: Context["values"]): Method | Refusal {
  return methods.find((name) => name === method) ?? badOption(`--method takes ${methods.join(", ")}.`);
}

export function badOption(message: string): Refusal {
  return { code: "bad-arguments", message, hint: "See agent-foreman check --help." };
}

/** What was recorded as each branch's start. */
export async function recordedBases(repo: Repo): Promise<Map<string, Oid>> {
  return new Map([...(await recordsInPlace(repo)).values()].map(({ branch, base }) => [branch, base.oid]));
}
