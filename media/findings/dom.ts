type Child = Node | string | null | false;

/**
 * Makes an element. Children that are strings become text, whatever they look like; there is no way to pass HTML.
 * Attributes with false are left out.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== false) element.append(child);
  return element;
}

export function button(
  label: string,
  attributes: Readonly<Record<string, string | boolean>>,
  onClick: () => void,
  ...rest: readonly Child[]
): HTMLButtonElement {
  const element = el("button", { type: "button", ...attributes }, label, ...rest);
  element.addEventListener("click", onClick);
  return element;
}

/** Puts values where a sentence has `{0}`, `{1}` … */
export function fill(sentence: string, ...values: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ""));
}
