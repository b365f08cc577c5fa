import assert from "node:assert/strict";
import { openRepo, type Repo } from "../../../src/git/repo";
import { type GitHub, gitHub } from "../../../src/github/client";
import type { Finding } from "../../../src/model/finding";
import type { Verdict } from "../../../src/model/verdict";
import { adjudicate } from "../../../src/review/adjudicate";
import { importFindings } from "../../../src/review/import";
import { followStatus, type PublishRequest, publishReview } from "../../../src/review/publish/publish";
import { readReview } from "../../../src/review/review";
import { GitHubServer } from "../../kit/github";
import type { World } from "../../kit/github/world";
import { TestRepo } from "../../kit/repo";
import { finding } from "../make";

const lines = Array.from({ length: 60 }, (_, i) => `const line${i + 1} = ${i + 1};`);

/** A pull request on a GitHub: a file of which the branch changes the lines 10 and 40, and its repo here. */
export class Published {
  private constructor(
    readonly server: GitHubServer,
    readonly git: TestRepo,
    readonly repo: Repo,
  ) {}

  static async open(): Promise<Published> {
    const server = await GitHubServer.start();
    const git = TestRepo.init();
    git.git("config", "user.name", "Ann");
    git.commit("first", { "src/a.js": `${lines.join("\n")}\n`, "src/other.js": "const other = 1;\n" });
    git.git("remote", "add", "origin", server.world.origin.dir);
    git.git("push", "-q", "origin", "main");
    git.git("remote", "set-head", "origin", "main");
    git.git("switch", "-qc", "agent/lines");
    git.commit("feat: lines", { "src/a.js": changed(10, 40) });
    git.git("push", "-q", "origin", "agent/lines");
    server.world.open("agent/lines", { title: "feat: lines" });
    const opened = await openRepo(git.dir);
    assert.ok(opened.ok);
    return new Published(server, git, opened.value);
  }

  get world(): World {
    return this.server.world;
  }

  get client(): GitHub {
    return gitHub(this.server.token, this.server.url);
  }

  async review(...findings: readonly Partial<Finding>[]): Promise<void> {
    const text = JSON.stringify({
      schemaVersion: 1,
      verdict: "changes",
      findings: findings.map((each) => finding({ path: "src/a.js", ...each })),
    });
    const run = await importFindings(this.repo, { text, reviewer: "Codex" });
    assert.ok(run.ok, JSON.stringify(run));
  }

  /** Decides on the findings by title. */
  async decide(said: Readonly<Record<string, Verdict["verdict"]>>, reason = "false alarm"): Promise<void> {
    const review = await readReview(this.repo, "HEAD");
    assert.ok(review.ok);
    for (const [title, verdict] of Object.entries(said)) {
      const { id } = review.value.findings.find((each) => each.title === title) ?? assert.fail(title);
      const noted = await adjudicate(this.repo, { finding: id, verdict, reason });
      assert.ok(noted.ok);
    }
  }

  get request(): PublishRequest {
    const slug = { host: "github.example", owner: "ann", name: "tracker" };
    return { client: this.client, slug, number: 1, ref: "HEAD" };
  }

  publish(more: Partial<PublishRequest> = {}) {
    return publishReview(this.repo, { ...this.request, ...more });
  }

  /** What the status became; null where it stays as it is. */
  async followed(): Promise<string | null> {
    const outcome = await followStatus(this.repo, this.request);
    assert.ok(outcome.ok, JSON.stringify(outcome));
    return outcome.value?.description ?? null;
  }

  async published() {
    const outcome = await this.publish();
    assert.ok(outcome.ok, JSON.stringify(outcome));
    return outcome.value;
  }

  /** The status on the pull request's head, as a line. */
  status(): string {
    const head = this.world.find(1)?.head;
    const found = this.world.checks.filter(
      ({ oid, name }) => oid === head && name === "agent-foreman/review",
    );
    return found
      .map(({ conclusion, description }) => `${conclusion ?? "PENDING"}: ${description}`)
      .join("\n");
  }

  /** Calls that change something. */
  changes(): number {
    return this.server.calls.filter(({ method, path }) => method === "POST" && path !== "/graphql").length;
  }
}

/** The file with some of its lines changed. */
export function changed(...numbers: readonly number[]): string {
  return `${lines.map((line, i) => (numbers.includes(i + 1) ? `${line} // changed` : line)).join("\n")}\n`;
}
