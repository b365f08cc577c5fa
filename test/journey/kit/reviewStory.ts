import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cliBeside } from "../../kit/cli";
import { GitHubServer } from "../../kit/github";
import { lastWords, type Models, type Question, type Reply, startModels } from "../../kit/models";
import { claudeCode, claudeEnv } from "../../kit/models/claude";
import { TestRepo, tempDir } from "../../kit/repo";
import { buildStory, type Story } from "../../kit/story";

/** What a reviewer raises, as far as the story tells it apart. */
export interface Raised {
  readonly title: string;
  readonly path: string;
  readonly quote: string;
  readonly severity: string;
  readonly category: string;
  readonly failureScenario: string;
  readonly suggestion?: { readonly quote: string; readonly replacement: string };
}

/** An agent's branch with a pull request on a GitHub, and a model that reviews it and that the agent speaks to. */
export class ReviewStory {
  /** What the model answers as a reviewer. */
  raises: readonly Raised[] = [];
  private constructor(
    readonly repo: string,
    readonly worktree: string,
    readonly github: GitHubServer,
    private readonly home: string,
    private readonly bin: string,
  ) {}

  private models: Models | undefined;

  /** `prepare` has the story before the branch is made: what it commits on main is on the GitHub too. */
  static async start(
    prepare: (story: Story, github: GitHubServer) => Promise<void> = async () => {},
  ): Promise<ReviewStory> {
    const story = buildStory(path.join(tempDir(), "story"));
    const { repo, root } = story;
    const github = await GitHubServer.start();
    const main = TestRepo.at(repo);
    main.git("remote", "set-url", "origin", github.remote);
    await prepare(story, github);
    main.git("push", "-q", github.world.origin.dir, "main");
    main.git("update-ref", "refs/remotes/origin/main", "main");
    const worktree = path.join(root, "agents", "keep-days");
    main.git("worktree", "add", "-q", "--no-track", "-b", "agent/keep-days", worktree, "origin/main");
    const agent = TestRepo.at(worktree);
    agent.write({
      "src/days.js": "export const days = (expenses) => new Set(expenses.map(({ date }) => date)).size;\n",
    });
    agent.git("config", "user.name", "Mara Lind");
    const storage = agent.git("show", "HEAD:src/storage.js");
    agent.commit("feat: count the days", { "src/storage.js": `${storage}\n\nexport const path = file;\n` });
    main.git("push", "-q", github.world.origin.dir, "agent/keep-days");
    github.world.open("agent/keep-days", { title: "feat: count the days" });
    const home = tempDir();
    // A person who knows Claude Code and trusts the folder.
    const known = {
      hasCompletedOnboarding: true,
      theme: "dark",
      projects: { [worktree]: { hasTrustDialogAccepted: true } },
    };
    writeFileSync(path.join(home, ".claude.json"), JSON.stringify(known));
    mkdirSync(path.join(home, ".claude"));
    const asked = { permissions: { defaultMode: "default" } };
    writeFileSync(path.join(home, ".claude", "settings.json"), JSON.stringify(asked));
    const told = new ReviewStory(repo, worktree, github, home, path.dirname(await claudeCode()));
    told.models = await startModels((question) => told.reply(question));
    return told;
  }

  get asked(): readonly Question[] {
    return this.models?.asked ?? [];
  }

  /** For VS Code and what runs in it: the real Claude Code, the models, and a sign-in to the GitHub. */
  get env(): NodeJS.ProcessEnv {
    const { token, url } = this.github;
    return {
      ...claudeEnv(this.models?.url ?? "", this.home),
      PATH: [this.bin, process.env.PATH].join(path.delimiter),
      GITHUB_TOKEN: token,
      GITHUB_API_URL: url,
      GITHUB_SERVER_URL: url,
    };
  }

  /** Has the real Claude Code review the branch; answers what the command line says. */
  async review(...raises: readonly Raised[]): Promise<string> {
    this.raises = raises;
    const { stdout, stderr, exitCode } = await cliBeside(
      this.env,
      this.worktree,
      "review",
      "--with",
      "claude",
      "--skip-checks",
    );
    if (exitCode !== 0 && exitCode !== 1) throw new Error(`${exitCode}: ${stderr}`);
    return stdout;
  }

  cli(...args: string[]) {
    return cliBeside(this.env, this.worktree, ...args);
  }

  async stop(): Promise<void> {
    await this.models?.stop();
    await this.github.close();
  }

  /** A reviewer has a tool to answer with; an agent that is told of a file reads it. */
  private reply(question: Question): Reply {
    const words = lastWords(question);
    if (words.includes("tool_result")) return { text: "Done." };
    if (question.tools?.some(({ name }) => name === "StructuredOutput"))
      return { tools: [{ name: "StructuredOutput", input: this.answer() }] };
    if (words.includes("AGENT_FEEDBACK.md") && question.tools?.some(({ name }) => name === "Read"))
      return {
        tools: [{ name: "Read", input: { file_path: path.join(this.worktree, "AGENT_FEEDBACK.md") } }],
      };
    return { text: "Yes?" };
  }

  private answer(): object {
    const neutral = {
      body: "",
      side: "RIGHT",
      startLine: null,
      endLine: null,
      confidence: 0.8,
      preExisting: false,
      suggestion: null,
      evidence: [],
    };
    return {
      schemaVersion: 1,
      headSha: TestRepo.at(this.worktree).git("rev-parse", "HEAD"),
      verdict: "changes",
      summary: "Look.",
      findings: this.raises.map((each) => ({ ...neutral, ...each })),
      dod: [],
    };
  }
}
