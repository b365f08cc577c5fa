import type { GateId } from "../../model/done";
import type { CommandName } from "../manifest";
import { escapeMarkdown } from "../markdown";
import type { Icon, Row } from "./row";

/** One fact about a worktree. */
export interface Detail extends Row {
  readonly id: string;
  /** The deletion that it is about. */
  readonly loss?: string;
  /** The branch that it meets, by its id. */
  readonly other?: string;
  /** A gate, and which of its places; -1: the gate as a whole. */
  readonly gate?: { readonly id: GateId; readonly place: number };
  /** What it unfolds to. */
  readonly children?: readonly Detail[];
  /** What a click on it does. */
  readonly opens?: CommandName;
}

export function detail(
  id: string,
  icon: Icon | string,
  label: string,
  description: string,
  more = description,
  actable = false,
): Detail {
  return {
    id,
    label,
    description,
    icon: typeof icon === "string" ? { id: icon } : icon,
    tooltip: `**${escapeMarkdown(label)}**  \n${escapeMarkdown(more)}`,
    spoken: `${label}: ${more}`,
    context: actable ? `;detail;${id};` : ";detail;",
  };
}
