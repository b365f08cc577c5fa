import assert from "node:assert/strict";
import { Published } from "./kit";

const bug = {
  title: "Ten is wrong",
  quote: "const line10 = 10; // changed",
  failureScenario: "ten → 11",
  body: "Because of **ten**.",
  suggestion: { quote: "const line10 = 10;", replacement: "const line10 = 11;" },
};
const far = { title: "Thirty is wrong", quote: "const line25 = 25;", severity: "blocker" } as const;
const alarm = { title: "Forty looks odd", quote: "const line40 = 40; // changed" };

describe("publishing a review to its pull request", () => {
  let on: Published;
  beforeEach(async () => {
    on = await Published.open();
  });
  afterEach(() => on.server.close());

  const places = () =>
    on.world.talk.threads.map(({ path, line, resolved, remarks }) => [
      `${path}:${line}`,
      resolved,
      remarks[0]?.body.split("\n")[0],
    ]);

  it("makes one review: remarks where the diff has the line, the rest and what was overruled in its text", async () => {
    await on.review(bug, far, alarm);
    await on.decide({ [bug.title]: "accept", [far.title]: "accept", [alarm.title]: "overrule" });
    assert.deepEqual(await on.published(), {
      pull: 1,
      url: "https://github.example/ann/tracker/pull/1",
      review: "added",
      remarks: 1,
      inSummary: 1,
      status: { state: "failure", description: "2 accepted findings are to be fixed", changed: true },
    });
    const head = on.git.git("rev-parse", "HEAD").slice(0, 12);
    assert.deepEqual(
      on.world.talk.reviews.map(({ body }) => body.replace(/[0-9a-f]{12} -->/, "… -->")),
      [
        `### Review of ${head}

By Codex. 2 to be fixed, 1 overruled.

#### To be fixed

| Finding | Where |
| --- | --- |
| Ten is wrong | src/a.js:10 |

#### To be fixed, outside of this diff

**Blocker · bug** Thirty is wrong
\`src/a.js:25\`

<sub>Raised by Codex, accepted by Ann.</sub>

#### Overruled

| Finding | Where | Why | By |
| --- | --- | --- | --- |
| Forty looks odd | src/a.js:40 | false alarm | Ann |

<!-- agent-foreman summary … -->`,
      ],
    );
    const [thread] = on.world.talk.threads;
    assert.deepEqual([thread?.path, thread?.line, thread?.startLine], ["src/a.js", 10, null]);
    assert.equal(
      thread?.remarks[0]?.body.replace(/[0-9a-f]{16} [0-9a-f]{12} -->/, "… -->"),
      `**Major · bug** Ten is wrong

**What goes wrong:** ten → 11

Because of **ten**.

Suggestion:
\`\`\`
const line10 = 11;
\`\`\`

<sub>Raised by Codex, accepted by Ann.</sub>

<!-- agent-foreman finding … -->`,
    );
  });

  it("says nothing twice, and changes nothing when nothing has changed", async () => {
    await on.review(bug, alarm);
    await on.decide({ [bug.title]: "accept", [alarm.title]: "overrule" });
    await on.published();
    const before = JSON.stringify([on.world.talk.reviews, on.world.talk.threads, on.world.checks]);
    const again = await on.published();
    assert.deepEqual([again.review, again.status.changed, again.remarks], ["unchanged", false, 1]);
    assert.equal(JSON.stringify([on.world.talk.reviews, on.world.talk.threads, on.world.checks]), before);
  });

  it("is one review also when two publish at the same time", async () => {
    await on.review(bug);
    await on.decide({ [bug.title]: "accept" });
    await Promise.all([on.published(), on.published(), on.published()]);
    assert.deepEqual([on.world.talk.reviews.length, on.world.talk.threads.length], [1, 1]);
  });

  it("follows what is decided later: new ones are added, others taken back with the reason, or put back", async () => {
    await on.review(bug, alarm);
    await on.decide({ [bug.title]: "accept" });
    await on.published();
    await on.decide({ [bug.title]: "overrule", [alarm.title]: "accept" }, "it is meant");
    assert.equal((await on.published()).review, "updated");
    assert.deepEqual(places(), [
      ["src/a.js:10", true, "~~Ten is wrong~~"],
      ["src/a.js:40", false, "**Major · bug** Forty looks odd"],
    ]);
    assert.match(on.world.talk.threads[0]?.remarks[0]?.body ?? "", /\n\nOverruled by Ann: it is meant\n/);
    const [summary, more] = on.world.talk.reviews;
    assert.match(summary?.body ?? "", /\| Ten is wrong \| src\/a.js:10 \| it is meant \| Ann \|/);
    assert.match(
      more?.body ?? "",
      /^More of \[the review\]\(https:\/\/github\.example\/ann\/tracker\/pull\/1#PRR_1\)\./,
    );
    await on.decide({ [bug.title]: "accept" });
    await on.published();
    assert.deepEqual(places()[0], ["src/a.js:10", false, "**Major · bug** Ten is wrong"]);
    await on.decide({ [bug.title]: "reopen" });
    await on.published();
    assert.match(
      on.world.talk.threads[0]?.remarks[0]?.body ?? "",
      /^~~Ten is wrong~~\n\nIt is not decided any more\./,
    );
    assert.deepEqual([on.world.talk.reviews.length, on.world.talk.threads.length], [2, 2]);
  });

  it("takes for its own only what this sign-in wrote, and leaves what a person has changed since", async () => {
    await on.review(bug, alarm);
    await on.decide({ [bug.title]: "accept" });
    await on.published();
    const [mine] = on.world.talk.reviews.splice(0);
    const [thread] = on.world.talk.threads.splice(0);
    const pull = on.world.find(1) ?? assert.fail();
    const forged = [{ path: "src/a.js", line: 10, body: thread?.remarks[0]?.body ?? "" }];
    on.world.talk.add(pull, "mallory", mine?.body ?? "", forged);
    assert.equal((await on.published()).review, "added");
    assert.deepEqual(
      on.world.talk.reviews.map(({ author }) => author),
      ["mallory", "ann"],
    );

    const [, summary] = on.world.talk.reviews;
    const [, own] = on.world.talk.threads;
    const remark = own?.remarks[0] ?? assert.fail();
    remark.body = remark.body.replace("Ten is wrong", "Ten is wrong, I checked");
    if (summary) summary.body = `Read this first.\n\n${summary.body}`;
    const [words, text] = [remark.body, summary?.body];
    await on.decide({ [bug.title]: "overrule" });
    await on.published();
    assert.deepEqual([remark.body, summary?.body, own?.resolved], [words, text, false]);
  });

  it("finds its review and its remarks on a pull request where much was said", async () => {
    await on.review(bug);
    await on.decide({ [bug.title]: "accept" });
    await on.published();
    const pull = on.world.find(1) ?? assert.fail();
    const [mine, thread] = [on.world.talk.reviews.pop(), on.world.talk.threads.pop()];
    for (let i = 0; i < 130; i++)
      on.world.talk.add(pull, "bob", `No. ${i}`, [{ path: "src/a.js", line: 10, body: "?" }]);
    for (let i = 0; i < 130; i++) on.world.talk.add(pull, "bob", `No. ${i}`);
    if (mine && thread) {
      on.world.talk.reviews.push(mine);
      on.world.talk.threads.push(thread);
    }
    assert.equal((await on.published()).review, "unchanged");
  });

  it("publishes nothing about another commit than the one that was judged, nor to one that is closed", async () => {
    await on.review(bug);
    await on.decide({ [bug.title]: "accept" });
    on.git.commit("more", { "more.txt": "x\n" });
    const code = async () => {
      const outcome = await on.publish();
      return outcome.ok ? "done" : outcome.refusal.code;
    };
    assert.equal(await code(), "pull-moved");
    on.git.git("push", "-q", "origin", "agent/lines");
    on.world.sync();
    assert.equal(await code(), "done");
    on.git.git("push", "-qf", "origin", "main:agent/lines");
    assert.equal(await code(), "pull-moved");
    Object.assign(on.world.find(1) ?? {}, { state: "CLOSED" });
    assert.equal(await code(), "pull-closed");
  });

  it("leaves nothing half done when GitHub fails in between: the next time makes up for it", async () => {
    await on.review(bug, alarm);
    await on.decide({ [bug.title]: "accept", [alarm.title]: "overrule" });
    for (const fault of ["broken", "forbidden", "cut"] as const) {
      on.server.fail(fault === "forbidden" ? "scope" : fault);
      const failed = await on.publish();
      assert.equal(failed.ok, false);
      on.server.recover();
    }
    assert.equal((await on.published()).review, "added");
    assert.equal((await on.published()).review, "unchanged");
    assert.equal(on.world.talk.reviews.length, 1);
  });
});

describe("the status of a review on its commit", () => {
  let on: Published;
  beforeEach(async () => {
    on = await Published.open();
  });
  afterEach(() => on.server.close());

  it("goes from not reviewed over undecided to failure or success", async () => {
    const steps: string[] = [];
    const step = async () => {
      await on.published();
      steps.push(on.status());
    };
    await step();
    await on.review(bug, far, alarm);
    await step();
    await on.decide({ [alarm.title]: "overrule", [bug.title]: "accept" });
    await step();
    await on.decide({ [far.title]: "overrule" });
    await step();
    await on.decide({ [bug.title]: "overrule" });
    await step();
    assert.deepEqual(steps, [
      "PENDING: Not reviewed",
      "PENDING: 0 of 3 decided",
      "PENDING: 2 of 3 decided",
      "FAILURE: One accepted finding is to be fixed",
      "SUCCESS: 3 of 3 decided, nothing is left to fix",
    ]);
    assert.deepEqual(
      on.world.talk.reviews.map(({ body }) => /By .*/.exec(body)?.[0]),
      ["By Codex. 0 to be fixed, 3 overruled."],
    );
  });

  it("has its status follow what is decided later, and says nothing else by itself", async () => {
    await on.review(bug, alarm);
    await on.decide({ [bug.title]: "accept" });
    assert.equal(await on.followed(), null);
    assert.equal(on.status(), "");

    await on.published();
    const talk = () => structuredClone([on.world.talk.reviews, on.world.talk.threads]);
    const said = talk();
    await on.decide({ [alarm.title]: "overrule" });
    assert.equal(await on.followed(), "One accepted finding is to be fixed");
    assert.equal(on.status(), "FAILURE: One accepted finding is to be fixed");
    await on.decide({ [bug.title]: "reopen" });
    assert.equal(await on.followed(), "1 of 2 decided");
    assert.equal(on.status(), "PENDING: 1 of 2 decided");
    assert.equal(await on.followed(), null);

    // Nobody has judged what is pushed next.
    on.git.commit("more", { "more.txt": "x\n" });
    on.git.git("push", "-q", "origin", "agent/lines");
    assert.equal(await on.followed(), null);
    assert.equal(on.status(), "");
    assert.deepEqual(talk(), said);
  });

  it("is never a success on a commit that nobody reviewed, whatever was decided before it", async () => {
    await on.review(alarm);
    await on.decide({ [alarm.title]: "overrule" });
    await on.published();
    const reviewed = on.git.git("rev-parse", "HEAD");
    assert.match(on.status(), /^SUCCESS/);
    on.git.commit("more", { "more.txt": "x\n" });
    on.git.git("push", "-q", "origin", "agent/lines");
    on.world.sync();
    await on.published();
    assert.equal(on.status(), `PENDING: Not reviewed since ${reviewed.slice(0, 12)}`);
  });

  it("is no success where the reviewer wants changes and names none", async () => {
    await on.review();
    await on.published();
    assert.equal(on.status(), "PENDING: The reviewer wants changes, but names none");
  });
});
