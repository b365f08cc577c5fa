import { agentLabel } from "../../agents/known";
import type { Snapshot } from "../../fleet";
import type { Need } from "../../fleet/needsYou";
import type { DoneDocument } from "../../model/done";
import { escapeMarkdown } from "../markdown";
import { recoveryInShort } from "../recovery/words";
import type { Translate } from "../translate";
import { gateName } from "../tree/done";
import { lossesInShort } from "../tree/losses";
import { namesIn } from "../tree/names";
import { conflictsInShort } from "../tree/overlaps";
import type { Row } from "../tree/row";
import { needIcons, reasonInWords } from "./words";

/** An entry of the list as a row: who, why, and by its icon how bad. */
export function presentNeed(need: Need, snapshot: Pick<Snapshot, "worktrees" | "pulls">, t: Translate): Row {
  const worktree = snapshot.worktrees.find(({ path }) => path === need.path);
  const alone = snapshot.pulls.find(({ pull }) => pull.number === need.pull);
  const check = worktree?.check ?? alone?.check ?? null;
  const overlaps = worktree?.overlaps ?? alone?.overlaps ?? null;
  const failed = (worktree?.pull?.pull ?? alone?.pull)?.checks.failed ?? [];
  const why = need.reasons.map((reason) => {
    if (reason === "losses") return lossesInShort(check, t) ?? reasonInWords(reason, t);
    if (reason === "findings") return toDecide(worktree?.undecided?.length ?? 0, t);
    if (reason === "overlap")
      return conflictsInShort({ overlaps }, namesIn(snapshot), t) ?? reasonInWords(reason, t);
    if (reason === "recovery")
      return recoveryInShort(worktree?.recovery ?? null, t) ?? reasonInWords(reason, t);
    if (reason === "not-done") return notDone(worktree?.done ?? alone?.done ?? null, t);
    if (reason === "agent-waiting" && worktree?.run)
      return t("{0} waits for your answer", agentLabel(worktree.run.agent));
    if (reason === "checks-failed" && failed.length > 0)
      return t("failed: {0}", failed.slice(0, 3).join(", "));
    return reasonInWords(reason, t);
  });
  const label = worktree?.name ?? `#${need.pull} ${alone?.pull.title ?? ""}`.trim();
  const parts = [...(need.muted ? [t("muted")] : []), ...why];
  return {
    label,
    description: parts.join(" · "),
    icon: need.muted ? { id: "bell-slash", color: "disabledForeground" } : needIcons[need.reasons[0]],
    tooltip: [`**${escapeMarkdown(label)}**`, why.map((each) => `- ${escapeMarkdown(each)}`).join("\n")].join(
      "\n\n",
    ),
    spoken: [label, ...parts].join(", "),
    context: need.muted ? ";need;muted;" : ";need;loud;",
  };
}

function notDone(done: DoneDocument | null, t: Translate): string {
  const red = (done?.gates ?? []).filter(({ id, status }) => status === "fail" && id !== "losses");
  const names = red.map(({ id }) => gateName(id, t)).join(", ");
  return names === "" ? reasonInWords("not-done", t) : t("not done: {0}", names);
}

function toDecide(count: number, t: Translate): string {
  return count === 1 ? t("1 finding to decide") : t("{0} findings to decide", count);
}
