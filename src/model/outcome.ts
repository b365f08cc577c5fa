/** Why something was not done, in words for a person: what happened, what is safe, what to do next. */
export interface Refusal {
  /** Stable, kebab-case; what programs match on. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** An expected failure is a value; only the unexpected throws. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(code: string, message: string, hint: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, message, hint } };
}
