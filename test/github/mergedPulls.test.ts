import assert from "node:assert/strict";
import { Octokit } from "@octokit/rest";
import { gitHub, gitHubFromEnvironment } from "../../src/github/client";
import { mergedPulls } from "../../src/github/mergedPulls";
import { parseSlug } from "../../src/github/slug";
import { startEmulator } from "../kit/github/emulate";

describe("github", () => {
  it("reads owner and name out of a remote's URL in every usual form", () => {
    const slug = { host: "github.com", owner: "acme", name: "tracker" };
    for (const url of [
      "https://github.com/acme/tracker.git",
      "https://github.com/acme/tracker/",
      "https://person:secret@github.com/acme/tracker",
      "ssh://git@github.com:22/acme/tracker.git",
      "git@github.com:acme/tracker.git",
      "github.com:/acme/tracker",
      "git://GitHub.com/acme/tracker",
    ])
      assert.deepEqual(parseSlug(url), slug, url);
    for (const url of [
      "",
      "/srv/git/tracker.git",
      "../tracker",
      "https://github.com/acme",
      "file:///a/b",
      "a:b c/d",
    ])
      assert.equal(parseSlug(url), null, url);
  });

  it("gives a token only to the server it was meant for", () => {
    const slug = { host: "github.com", owner: "acme", name: "tracker" };
    const evil = { ...slug, host: "evil.example" };
    const env = { GITHUB_TOKEN: "t" };
    assert.notEqual(gitHubFromEnvironment(slug, env), null);
    assert.equal(gitHubFromEnvironment(slug, {}), null);
    assert.equal(gitHubFromEnvironment(evil, env), null);
    assert.equal(gitHubFromEnvironment(evil, { ...env, GITHUB_API_URL: "https://api.github.com" }), null);
    const enterprise = { GH_HOST: "ghe.example", GH_ENTERPRISE_TOKEN: "t" };
    assert.notEqual(gitHubFromEnvironment({ ...slug, host: "ghe.example" }, enterprise), null);
    assert.equal(gitHubFromEnvironment(slug, enterprise), null);
  });

  it("finds the merged pull requests of a branch, and no open or closed ones", async () => {
    const server = await startEmulator("test-token");
    try {
      const client = new Octokit({ auth: "test-token", baseUrl: server.url });
      const slug = { host: "github.com", owner: "ann", name: "tracker" };
      const repo = { owner: "ann", repo: "tracker" };
      const { data: main } = await client.rest.git.getRef({ ...repo, ref: "heads/main" });
      const open = async (branch: string) => {
        await client.rest.git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha: main.object.sha });
        await client.rest.repos.createOrUpdateFileContents({
          ...repo,
          path: `${branch}.txt`,
          branch,
          message: branch,
          content: Buffer.from(branch).toString("base64"),
        });
        return (await client.rest.pulls.create({ ...repo, title: branch, head: branch, base: "main" })).data;
      };
      const landed = await open("agent/landed");
      await open("agent/open");
      const closed = await open("agent/closed");
      await client.rest.pulls.update({ ...repo, pull_number: closed.number, state: "closed" });
      const merge = await client.rest.pulls.merge({
        ...repo,
        pull_number: landed.number,
        merge_method: "squash",
      });
      assert.deepEqual(
        await mergedPulls(gitHub("test-token", server.url), slug, [
          "agent/landed",
          "agent/open",
          "agent/closed",
        ]),
        [{ number: landed.number, head: landed.head.sha, mergeCommit: merge.data.sha }],
      );
    } finally {
      await server.close();
    }
  });
});
