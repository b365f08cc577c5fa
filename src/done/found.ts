import type { GateStatus, Place } from "../model/done";

/** What a rule found, before levels and waivers. */
export interface Found {
  readonly status: Exclude<GateStatus, "waived">;
  readonly message: string;
  readonly fix: string | null;
  readonly where: readonly Place[];
}

export function pass(message: string): Found {
  return { status: "pass", message, fix: null, where: [] };
}

/** The gate has nothing to say about this change. */
export function skip(message: string): Found {
  return { status: "skip", message, fix: null, where: [] };
}

export function fail(message: string, fix: string, where: readonly Place[]): Found {
  return { status: "fail", message, fix, where };
}

export function unknown(message: string, fix: string, where: readonly Place[] = []): Found {
  return { status: "unknown", message, fix, where };
}

/** `1 place`, `2 places`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
