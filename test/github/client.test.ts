import assert from "node:assert/strict";
import { apiOf, gitHubFromEnvironment } from "../../src/github/client";
import { parseSlug } from "../../src/github/slug";

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

  it("knows where each kind of server is asked", () => {
    assert.deepEqual(
      ["https://github.com", "https://acme.ghe.com/", "https://ghe.example:8443/x"].map(apiOf),
      ["https://api.github.com", "https://api.acme.ghe.com", "https://ghe.example:8443/api/v3"],
    );
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

  it("asks another server than that of the action which it runs in where that one is", () => {
    const slug = { host: "ghe.example", owner: "acme", name: "tracker" };
    const enterprise = { GH_HOST: "ghe.example", GH_ENTERPRISE_TOKEN: "t" };
    const asked = (env: NodeJS.ProcessEnv) =>
      gitHubFromEnvironment(slug, { ...enterprise, ...env })?.request.endpoint.DEFAULTS.baseUrl;
    const action = { GITHUB_SERVER_URL: "https://github.com", GITHUB_API_URL: "https://api.github.com" };
    assert.equal(asked(action), "https://ghe.example/api/v3");
    const there = { GITHUB_SERVER_URL: "https://ghe.example", GITHUB_API_URL: "https://ghe.example/api/v4" };
    assert.equal(asked(there), "https://ghe.example/api/v4");
  });
});
