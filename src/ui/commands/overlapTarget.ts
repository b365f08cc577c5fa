import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Worktree } from "../../model/worktree";
import type { OverlapArgument } from "../manifest";
import { visible } from "../markdown";
import type { Services } from "./services";

/** The other side of an overlap: a worktree, or a pull request that has none. */
export interface Other {
  readonly id: string;
  readonly name: string;
  readonly worktree: Worktree | null;
  readonly pull: { readonly number: number; readonly head: string } | null;
}

/** The two sides that a command about an overlap is about; tells the person where one is gone. */
export async function bothSides(
  { fleets }: Services,
  argument: OverlapArgument | undefined,
): Promise<{ readonly fleet: Fleet; readonly worktree: Worktree; readonly other: Other } | null> {
  await fleets.open();
  const found = argument ? fleets.find(argument.path) : null;
  const other = found && argument && otherIn(found.fleet, argument.other);
  if (found && other) return { ...found, other };
  void vscode.window.showWarningMessage(vscode.l10n.t("One of the two branches is not here any more."));
  return null;
}

function otherIn({ snapshot }: Fleet, id: string): Other | null {
  const worktree = snapshot.worktrees.find(({ path }) => path === id) ?? null;
  const pull = snapshot.pulls.find((each) => `#${each.pull.number}` === id)?.pull ?? null;
  return worktree || pull ? { id, name: visible(worktree?.name ?? id), worktree, pull } : null;
}
