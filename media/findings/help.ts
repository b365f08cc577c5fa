import type { Words } from "../../src/messages";
import { button, el } from "./dom";

/** The keys, in a dialog that Escape closes. */
export function renderHelp(words: Words): HTMLDialogElement {
  const keys: readonly (readonly [string, string])[] = [
    ["j k ↓ ↑", words.helpMove],
    ["a", words.helpAccept],
    ["o", words.helpOverrule],
    ["u", words.helpUndo],
    ["Enter", words.helpOpen],
    ["/", words.helpFilter],
    ["?", words.helpHelp],
  ];
  const rows = keys.map(([key, meaning]) =>
    el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, meaning)),
  );
  const dialog = el("dialog", { "aria-label": words.help, class: "help" });
  dialog.append(
    el("h2", {}, words.help),
    el("table", {}, el("tbody", {}, ...rows)),
    button(words.close, { class: "primary" }, () => dialog.close()),
  );
  return dialog;
}
