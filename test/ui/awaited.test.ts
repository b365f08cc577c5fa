import assert from "node:assert/strict";
import { Awaited } from "../../src/ui/github/awaited";
import { pullRequest } from "../kit/pull";

describe("pull requests whose merge is waited for", () => {
  it("are each repo's own, until they are merged or not armed any more", () => {
    const awaited = new Awaited();
    const armed = pullRequest({ autoMerge: "squash" });
    awaited.add("tracker", armed.id);
    assert.equal(awaited.in("other", []), false);
    assert.equal(awaited.in("tracker", [armed, pullRequest({ number: 13 })]), true);
    assert.equal(awaited.in("tracker", [pullRequest()]), false);
    assert.equal(awaited.in("tracker", [armed]), false);
  });
});
