import assert from "node:assert/strict";
import { LandingStream } from "../../src/git/landingStream";
import { readLandings } from "../../src/git/rawLog";
import { openRepo } from "../../src/git/repo";
import { TestRepo } from "../kit/repo";

describe("git/landingStream", () => {
  const repo = TestRepo.init();
  const commits = Array.from({ length: 12 }, (_, i) =>
    repo.commit(`work ${i}`, { "a.txt": `${i}\n` }),
  ).reverse();
  const tip = commits[0] ?? "";

  async function open(most = 100, from = tip): Promise<LandingStream> {
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    return new LandingStream(opened.value, from, most);
  }

  it("says where commits are, and gives as many as are wanted and the one below", async () => {
    const stream = await open();
    const places = await stream.placesOf([commits[7] ?? "", tip], 50);
    assert.equal(places?.get(commits[7] ?? ""), 7);
    assert.equal(places?.get(tip), 0);
    const { landings, below } = await stream.newest(7);
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    assert.deepEqual(landings, await readLandings(opened.value, tip, 7));
    assert.deepEqual([below?.oid, below?.changes], [commits[7], []]);
  });

  it("gives all there is where more is wanted, and nothing at all", async () => {
    const all = await (await open()).newest(50);
    assert.deepEqual(
      all.landings.map(({ oid }) => oid),
      commits,
    );
    assert.equal(all.below, null);
    const none = await (await open()).newest(0);
    assert.deepEqual([none.landings, none.below?.oid], [[], tip]);
    assert.deepEqual((await (await open(3)).newest(50)).landings.length, 3);
  });

  it("does not know what is not there, or lies too far back", async () => {
    const elsewhere = repo.git("commit-tree", "-m", "elsewhere", `${tip}^{tree}`);
    const stream = await open();
    assert.equal(await stream.placesOf([tip, elsewhere], 50), null);
    assert.equal(await stream.placesOf([elsewhere], 2), null);
    stream.stop();
  });

  it("tells whoever waits that git failed, and nobody else", async () => {
    const stream = await open(100, "1".repeat(40));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await stream.placesOf([tip], 50), null);
    await assert.rejects(stream.newest(3), /fatal/);
    (await open()).stop();
  });
});
