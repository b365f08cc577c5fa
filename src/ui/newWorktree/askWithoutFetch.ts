import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Refusal } from "../../model/outcome";
import { withoutLinks } from "../markdown";
import { fetched } from "../tree/age";
import { shortOid, shortRef } from "../tree/row";

/** The base cannot be brought up to date: nothing is assumed, the person decides, knowing how old it is. */
export async function askWithoutFetch(
  { snapshot: { target } }: Fleet,
  refusal: Refusal,
): Promise<"known" | "again" | null> {
  const useKnown = vscode.l10n.t("Use What Is Known");
  const again = vscode.l10n.t("Try Again");
  const known = target
    ? vscode.l10n.t(
        "Known here is {0} at {1}, {2}.",
        shortRef(target.ref),
        shortOid(target.oid),
        fetched(target.fetchedAt, Date.now(), vscode.l10n.t),
      )
    : refusal.hint;
  const chosen = await vscode.window.showWarningMessage(
    withoutLinks(`${refusal.message} ${known}`),
    ...(target ? [useKnown, again] : [again]),
    vscode.l10n.t("Cancel"),
  );
  if (chosen === again) return "again";
  return chosen === useKnown ? "known" : null;
}
