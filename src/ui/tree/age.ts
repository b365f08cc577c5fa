import type { Translate } from "../translate";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in the shortest form that still helps: "just now", "5 min", "3 h", "2 days". */
export function age(since: string, now: number, t: Translate): string {
  const passed = now - Date.parse(since);
  if (Number.isNaN(passed)) return t("unknown");
  if (passed < minute) return t("just now");
  if (passed < hour) return t("{0} min", Math.floor(passed / minute));
  if (passed < 2 * day) return t("{0} h", Math.floor(passed / hour));
  return t("{0} days", Math.floor(passed / day));
}

/** "fetched 3 h ago", "fetched just now", "never fetched". */
export function fetched(at: string | null, now: number, t: Translate): string {
  if (at === null) return t("never fetched");
  return now - Date.parse(at) < minute ? t("fetched just now") : t("fetched {0} ago", age(at, now, t));
}
