import type { Quota } from "./pulls";

/** Who is looking, and how the last rounds went. */
export interface Circumstances {
  readonly visible: boolean;
  /** The person works in this window. */
  readonly focused: boolean;
  /** Somebody waits for what GitHub will do by itself, such as a merge that was armed from here. */
  readonly awaited: boolean;
  /** Something will change soon: checks are running, or GitHub computes whether it merges. */
  readonly moving: boolean;
  /** How many calls the last round took. */
  readonly calls: number;
  /** Rounds that failed one after the other. */
  readonly failures: number;
  /** Milliseconds that GitHub asked to be left in peace, counted from the last round; null: it did not. */
  readonly waitMs: number | null;
  readonly quota: Quota | null;
}

const second = 1_000;
const minute = 60 * second;

/** What other programs of the same account need; the hour's quota is one for all of them. */
const reserve = 0.3;

/** How long after the last round the next one is due, in milliseconds; null: nobody needs one. */
export function nextRound(now: Circumstances, at: number): number | null {
  if (!now.visible && !now.awaited) return null;
  const busy = now.moving || now.awaited;
  const usual = now.visible && now.focused ? (busy ? 30 * second : minute) : busy ? 2 * minute : 5 * minute;
  const calm = usual * Math.max(1, now.calls);
  const backOff = now.failures > 0 ? Math.min(15 * minute, 30 * second * 2 ** now.failures) : 0;
  return Math.max(calm, backOff, now.waitMs ?? 0, spent(now.quota, at));
}

/** Until the quota is refilled, where no more than the reserve is left of it. */
function spent(quota: Quota | null, at: number): number {
  if (!quota || quota.remaining > quota.limit * reserve) return 0;
  return Math.min(60 * minute, Math.max(0, Date.parse(quota.resetAt) - at));
}
