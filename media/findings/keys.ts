export type Action =
  | "next"
  | "previous"
  | "pageDown"
  | "pageUp"
  | "first"
  | "last"
  | "accept"
  | "overrule"
  | "undo"
  | "openFile"
  | "filter"
  | "help";

const keys: Readonly<Record<string, Action>> = {
  j: "next",
  ArrowDown: "next",
  k: "previous",
  ArrowUp: "previous",
  PageDown: "pageDown",
  PageUp: "pageUp",
  Home: "first",
  End: "last",
  a: "accept",
  o: "overrule",
  u: "undo",
  Enter: "openFile",
  "/": "filter",
  "?": "help",
};

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * What a key means where focus is. In a text field it is text; on a button Enter presses it, and what scrolls scrolls
 * by its own keys: letters mean the same everywhere else.
 */
export function actionOf(pressed: Pressed, focus: "text" | "control" | "list"): Action | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || focus === "text") return null;
  const action = keys[pressed.key] ?? null;
  return focus === "list" || pressed.key.length === 1 ? action : null;
}
