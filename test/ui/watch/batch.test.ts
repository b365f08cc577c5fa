import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { RefreshRequest } from "../../../src/fleet";
import { Batch } from "../../../src/ui/watch/batch";

describe("ui/watch/batch", () => {
  it("asks once for what changed together, and once more for what came while it ran", async () => {
    const asked: RefreshRequest[] = [];
    let release = () => {};
    const asking: (() => void)[] = [];
    const batch = new Batch(async (request) => {
      asked.push(request);
      asking.shift()?.();
      if (asked.length === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    const next = () => new Promise<void>((resolve) => asking.push(resolve));

    const first = next();
    batch.add({ paths: ["/a"] });
    batch.add({ paths: ["/b"] });
    batch.add({ paths: ["/a"], refs: true });
    await first;
    batch.add({ paths: ["/c"] });
    batch.add({ paths: ["/c"] });
    await sleep(250);
    assert.equal(asked.length, 1);
    const second = next();
    release();
    await second;
    assert.deepEqual(asked, [
      { paths: ["/a", "/b"], refs: true },
      { paths: ["/c"], refs: false },
    ]);
  });

  it("asks nothing after it was disposed", async () => {
    const asked: RefreshRequest[] = [];
    const batch = new Batch(async (request) => void asked.push(request));
    batch.add({ refs: true });
    batch.dispose();
    await sleep(250);
    assert.deepEqual(asked, []);
  });
});
