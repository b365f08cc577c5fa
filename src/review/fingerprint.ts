import { createHash } from "node:crypto";
import type { Category } from "../model/finding";
import type { FindingId } from "../model/verdict";
import { squeeze } from "./squeeze";

/** What makes a finding the same one: no line, no wording, no reviewer. */
export interface Identity {
  readonly path: string;
  readonly category: Category;
  readonly symbol: string | null;
  /** The code; where a finding quotes none, its title. */
  readonly quote: string;
  /** 1; one more for each other defect that one run sees in the same code. */
  readonly ordinal: number;
}

export function fingerprint({ path, category, symbol, quote, ordinal }: Identity): FindingId {
  const parts = [
    path,
    category,
    symbol ?? "",
    squeeze(quote).text,
    ...(ordinal > 1 ? [String(ordinal)] : []),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
