import type { Words } from "../../src/messages";
import { button, el } from "./dom";

const quickReasons = ["falseAlarm", "intended", "outOfScope", "alreadyHandled", "wontFix"] as const;

/**
 * Asks why: a number or a button for the usual reasons, a field for any other, to which typing leads. `end(null)`: not
 * overruled. The first button is to be focused, so that a digit in the field is text.
 */
export function renderOverrule(words: Words, end: (reason: string | null) => void): HTMLElement {
  const input = el("input", {
    type: "text",
    maxlength: 500,
    "aria-label": words.ownReason,
    placeholder: words.ownReason,
  });
  const fault = el("p", { class: "fault", role: "alert" });
  const reasons = quickReasons.map((name, i) =>
    button(
      words[name],
      { "aria-keyshortcuts": String(i + 1) },
      () => end(words[name]),
      el("kbd", { "aria-hidden": "true" }, String(i + 1)),
    ),
  );
  const form = el(
    "form",
    { class: "overrule", "aria-label": words.whyOverrule },
    el("p", { class: "question" }, words.whyOverrule),
    el("div", { class: "buttons" }, ...reasons),
    el(
      "div",
      { class: "own" },
      input,
      el("button", { type: "submit", class: "primary" }, words.overrule),
      button(words.cancel, {}, () => end(null)),
    ),
    fault,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = input.value.trim();
    if (reason) end(reason);
    else fault.textContent = words.reasonMissing;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end(null);
    const quick = event.target === input ? undefined : reasons[Number(event.key) - 1];
    if (quick) quick.click();
    else if (event.target !== input && /^\S$/u.test(event.key)) input.focus();
    if (quick || event.key === "Escape") event.preventDefault();
    // None of the panel's own keys means anything here.
    event.stopPropagation();
  });
  return form;
}
