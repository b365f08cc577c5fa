import assert from "node:assert/strict";
import { noPulls, type PullState, withAnswer, withFault } from "../../src/fleet/pullState";
import { gitHub } from "../../src/github/client";
import { askPulls } from "../../src/github/pulls";
import { type FaultName, GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";

const slug = { host: "github.example", owner: "ann", name: "tracker" };
const kept = "What is shown is what was last known.";

/** What a person reads for each thing that can go wrong, and how many seconds GitHub is then left in peace. */
const told: Readonly<Record<FaultName, readonly [code: string, words: string, wait: number | null]>> = {
  unauthorized: [
    "signed-out",
    `github.example does not accept the sign-in any more. ${kept} Sign in to GitHub again.`,
    null,
  ],
  scope: [
    "forbidden",
    `This sign-in may not do that on github.example. ${kept} Sign in with an account, or a token, that has the rights to this repo.`,
    null,
  ],
  sso: [
    "sso",
    `The organisation wants its single sign-on for this sign-in. ${kept} Authorise it in your GitHub settings, then sign in again.`,
    null,
  ],
  rate: [
    "limited",
    `github.example takes no more questions for now. ${kept} It is asked again in 2 minutes, by itself.`,
    120,
  ],
  secondary: [
    "limited",
    `github.example takes no more questions for now. ${kept} It is asked again in 2 minutes, by itself.`,
    120,
  ],
  skewed: [
    "limited",
    `github.example takes no more questions for now. ${kept} It is asked again in 2 minutes, by itself.`,
    120,
  ],
  graphRate: [
    "limited",
    `github.example takes no more questions for now. ${kept} It is asked again in a while, by itself.`,
    null,
  ],
  notFound: [
    "not-found",
    `github.example knows no such repo, or this account may not see it. ${kept} Check the remote's address and which account is signed in.`,
    null,
  ],
  conflict: [
    "conflict",
    `Something changed on github.example at that moment. ${kept} Refresh, then try again.`,
    null,
  ],
  unprocessable: [
    "refused",
    `github.example refused: Validation Failed. ${kept} Put that right, then try again.`,
    null,
  ],
  broken: ["trouble", `github.example has trouble (500). ${kept} It is asked again by itself.`, null],
  gateway: ["trouble", `github.example has trouble (502). ${kept} It is asked again by itself.`, null],
  loginPage: [
    "bad-answer",
    `What github.example answered could not be read. ${kept} A proxy or a login page may be in between; it is asked again by itself.`,
    null,
  ],
  otherShape: [
    "bad-answer",
    `What github.example answered could not be read. ${kept} A proxy or a login page may be in between; it is asked again by itself.`,
    null,
  ],
  cut: [
    "bad-answer",
    `What github.example answered could not be read. ${kept} A proxy or a login page may be in between; it is asked again by itself.`,
    null,
  ],
  silent: ["timeout", `github.example did not answer in time. ${kept} It is asked again by itself.`, null],
  hangUp: [
    "offline",
    `github.example could not be reached. ${kept} Check the network. It is asked again by itself.`,
    null,
  ],
};

describe("a GitHub that fails", () => {
  let server: GitHubServer;
  let known: PullState;
  const branch = { branch: "csv", name: "csv", repo: "ann/tracker", tip: "", line: null };
  const ask = () => askPulls(gitHub(server.token, server.url, 400), slug, ["csv"]);

  before(async () => {
    server = await GitHubServer.start();
    const repo = TestRepo.init();
    repo.commit("first", { a: "1\n" });
    repo.git("branch", "csv");
    repo.git("push", "-q", server.world.origin.dir, "main", "csv");
    const asked = await ask();
    assert.ok(asked.ok);
    server.world.open("csv");
    const answer = await ask();
    assert.ok(answer.ok);
    known = withAnswer(noPulls, slug, answer.value, [branch], "2026-01-01T00:00:00Z");
    assert.equal(known.byBranch.get("csv")?.pull?.number, 1);
  });
  after(() => server.close());
  afterEach(() => server.recover());

  for (const [name, [code, words, wait]] of Object.entries(told))
    it(`says what is so, what is safe and what to do, and keeps what it knew: ${name}`, async () => {
      server.fail(name as FaultName);
      const asked = await ask();
      assert.ok(!asked.ok, JSON.stringify(asked));
      const { refusal, waitMs } = asked.fault;
      assert.deepEqual(
        [
          refusal.code,
          `${refusal.message} ${refusal.hint}`,
          waitMs === null ? null : Math.round(waitMs / 10_000) * 10,
        ],
        [`github-${code}`, words, wait],
      );
      const after = withFault(known, slug, asked.fault, "2026-01-02T00:00:00Z");
      const remembered = after.byBranch.get("csv");
      assert.equal(remembered?.pull, known.byBranch.get("csv")?.pull);
      assert.equal(remembered?.asOf, "2026-01-01T00:00:00Z");
      assert.deepEqual(after.open, [{ pull: known.open[0]?.pull, asOf: "2026-01-01T00:00:00Z" }]);
      assert.deepEqual([after.github?.problem?.code, after.github?.failures], [refusal.code, 1]);
    });

  it("says so where nothing listens at all, and is well again with the next answer", async () => {
    const asked = await askPulls(gitHub(server.token, "http://127.0.0.1:9"), slug, []);
    assert.ok(!asked.ok);
    assert.equal(asked.fault.refusal.code, "github-offline");
    const failed = withFault(known, slug, asked.fault, "2026-01-02T00:00:00Z");
    const answer = await ask();
    assert.ok(answer.ok);
    const well = withAnswer(failed, slug, answer.value, [branch], "2026-01-03T00:00:00Z");
    assert.deepEqual([well.github?.problem, well.github?.failures], [null, 0]);
    assert.equal(well.byBranch.get("csv")?.asOf, null);
    assert.equal(well.byBranch.get("csv")?.pull, known.byBranch.get("csv")?.pull);
  });

  it("takes a repo that it may not see for unknown, and never for one without pull requests", async () => {
    const asked = await askPulls(gitHub(server.token, server.url), { ...slug, name: "secret" }, ["csv"]);
    assert.ok(!asked.ok);
    assert.equal(asked.fault.refusal.code, "github-not-found");
  });

  it("keeps what it knew of the part that did not come, and does not take unseen checks for none", async () => {
    const { world } = server;
    const csv = world.find(1) ?? assert.fail();
    world.check(csv.head, "test", "SUCCESS");
    world.blind = true;
    const blind = await ask();
    world.blind = false;
    assert.ok(blind.ok);
    assert.equal(blind.value.open[0]?.checks.state, "unknown");
    assert.equal(
      `${blind.value.partial?.message} ${blind.value.partial?.hint}`,
      "github.example answered only a part of what was asked. For the rest, what was last known is shown. This sign-in may not see it: a token of your own making needs to read pull requests, checks and commit statuses.",
    );

    world.hidden.add(1);
    const answer = await ask();
    world.hidden.clear();
    assert.ok(answer.ok);
    assert.deepEqual(
      [answer.value.complete, answer.value.open, answer.value.named.get("csv")],
      [false, [], null],
    );
    const after = withAnswer(known, slug, answer.value, [branch], "2026-01-02T00:00:00Z");
    assert.equal(after.byBranch.get("csv")?.pull?.number, 1);
    assert.equal(after.byBranch.get("csv")?.asOf, "2026-01-01T00:00:00Z");
    assert.deepEqual(
      after.open.map(({ pull, asOf }) => [pull.number, asOf]),
      [[1, "2026-01-01T00:00:00Z"]],
    );
    assert.equal(after.github?.problem?.code, "github-partial");
  });
});
