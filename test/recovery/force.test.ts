import assert from "node:assert/strict";
import { onGitCall } from "../../src/git/trace";
import { Stale } from "./kit";

/** A branch whose second commit conflicts, with something that is not committed. */
function stale(): Stale {
  const s = new Stale();
  s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
  s.h.edit("feature", "feat: quiet", "app.ts", "usage: app", "usage: app [--quiet]");
  s.h.edit("main", "feat: loud", "app.ts", "usage: app", "usage: app [--loud]");
  s.desk();
  s.tree.write({ "notes.md": "not committed\n" });
  return s;
}

/**
 * A word that has git overrule somebody: an option, or a refspec that begins with a plus; but what this repo knows of a
 * remote's branch always follows the remote.
 */
const force = /^(-[a-zA-Z]*f[a-zA-Z]*|--force.*|--hard|-D|-B|\+(?!refs\/heads\/[^:]+:refs\/remotes\/).*)$/;

describe("recovery: no force", () => {
  it("is in any git command, through conflict, continue, skip, push and abort", async () => {
    const calls: (readonly string[])[] = [];
    const listener = onGitCall(({ args }) => calls.push(args));
    const settled = stale();
    await settled.recover({ push: true });
    settled.fresh.write({ "app.ts": "settled\n" });
    settled.fresh.git("add", "app.ts");
    assert.equal((await settled.goOn("continue")).ok, true);
    assert.equal(settled.origin.git("rev-parse", "feature-2"), settled.h.oid("feature-2"));

    const skipped = stale();
    await skipped.recover({ push: true });
    assert.equal((await skipped.goOn("skip")).ok, true);

    for (const edit of [{}, { "app.ts": "edited\n" }]) {
      const aborted = stale();
      await aborted.recover();
      aborted.fresh.write(edit);
      assert.equal((await aborted.goOn("abort")).ok, true);
    }
    listener.dispose();

    const verbs = new Set(calls.flat());
    for (const verb of ["fetch", "worktree", "cherry-pick", "commit", "push", "update-ref"])
      assert.ok(verbs.has(verb), verb);
    assert.deepEqual(
      calls.filter((args) => args.some((word) => force.test(word))),
      [],
    );
  });
});
