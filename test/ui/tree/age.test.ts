import assert from "node:assert/strict";
import { english } from "../../../src/ui/translate";
import { age, fetched } from "../../../src/ui/tree/age";
import { now } from "./kit";

describe("ui/tree/age", () => {
  it("is told in the shortest form that still helps", () => {
    const cases: [string, string, string][] = [
      ["2026-11-22T11:59:30Z", "just now", "fetched just now"],
      ["2026-11-22T11:59:00Z", "1 min", "fetched 1 min ago"],
      ["2026-11-22T11:00:01Z", "59 min", "fetched 59 min ago"],
      ["2026-11-22T11:00:00Z", "1 h", "fetched 1 h ago"],
      ["2026-11-20T12:00:01Z", "47 h", "fetched 47 h ago"],
      ["2026-11-20T12:00:00Z", "2 days", "fetched 2 days ago"],
      // A clock that was set back is no reason to say nonsense.
      ["2026-11-22T13:00:00Z", "just now", "fetched just now"],
    ];
    for (const [at, short, long] of cases) {
      assert.deepEqual([age(at, now, english), fetched(at, now, english)], [short, long], at);
    }
    assert.equal(fetched(null, now, english), "never fetched");
  });
});
