import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { argumentsOf } from "../../src/agents/launch";
import { beginRun, noteProcess, runsIn } from "../../src/agents/runs";
import { Sessions } from "../../src/agents/sessions";
import { handedTo } from "../../src/hooks/handed";
import { geminiExtension } from "../../src/hooks/state";
import type { AgentRun, AgentState } from "../../src/model/agent";
import { runVariable } from "../../src/store/runFile";
import { until } from "../journey/kit/until";
import { cli } from "../kit/cli";
import { type Reply, startModels } from "../kit/models";
import { startGemini } from "../kit/models/gemini";
import { startResponses } from "../kit/models/responses";
import { AgentSession } from "../kit/models/session";
import { ensureCodex, ensureCopilot, ensureGemini } from "../kit/provision/agents.mjs";
import { TestRepo, tempDir } from "../kit/repo";

/** How one of them is set up, and what a person types into it. */
interface Real {
  readonly program: () => Promise<string>;
  /** Its model's server; `reply` is asked once a turn. */
  readonly serve: (reply: () => Promise<Reply>) => Promise<{ readonly url: string; stop(): Promise<void> }>;
  readonly env: (url: string, home: string, desk: string) => NodeJS.ProcessEnv;
  /** What its person sees before it begins, and the keys for it. */
  readonly first?: { readonly shows: string; readonly keys: string };
  readonly tool: { readonly name: string; readonly input: object };
  readonly options: (url: string) => readonly string[];
  /** What ends it, typed again until it has ended. */
  readonly leave: string;
}

const command = "touch made && sleep 1";

const reals: Readonly<Record<string, Real>> = {
  codex: {
    program: ensureCodex,
    // Meanwhile it asks for a title.
    serve: (reply) =>
      startResponses(async (body) => {
        const { text } = JSON.parse(body);
        return text?.format ? { text: JSON.stringify({ title: "Make a file" }) } : reply();
      }),
    env: (_url, home, desk) => {
      const own = path.join(home, ".codex");
      mkdirSync(own);
      writeFileSync(
        path.join(own, "config.toml"),
        `[projects.${JSON.stringify(desk)}]\ntrust_level = "trusted"\n`,
      );
      writeFileSync(
        path.join(own, "auth.json"),
        JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: "nobody's" }),
      );
      return {};
    },
    // It asks by itself whether the hooks that it is handed may run.
    first: { shows: "Hooks need review", keys: "2\r" },
    tool: {
      name: "exec_command",
      input: {
        cmd: command,
        yield_time_ms: 20_000,
        sandbox_permissions: "require_escalated",
        justification: "to make it",
      },
    },
    options: (url) => [
      ...["-c", `openai_base_url=${JSON.stringify(`${url}/v1`)}`],
      ...["-c", "check_for_update_on_startup=false", "-a", "on-request"],
    ],
    leave: "\x03",
  },
  copilot: {
    program: ensureCopilot,
    serve: (reply) => startModels(reply),
    env: (url) => ({
      COPILOT_PROVIDER_BASE_URL: url,
      COPILOT_PROVIDER_TYPE: "anthropic",
      COPILOT_PROVIDER_API_KEY: "nobody's",
      COPILOT_MODEL: "claude-sonnet-4",
      COPILOT_OFFLINE: "true",
    }),
    first: { shows: "Do you trust the files in this folder?", keys: "\r" },
    tool: { name: "bash", input: { command, description: "make it" } },
    options: () => [],
    leave: "\x03",
  },
  gemini: {
    program: ensureGemini,
    // It first asks a model which model to ask.
    serve: (reply) =>
      startGemini(async (body) => {
        const { tools } = JSON.parse(body);
        if (tools) return reply();
        return {
          text: JSON.stringify({
            reasoning: "",
            complexity_reasoning: "",
            complexity_score: 1,
            model_choice: "flash",
          }),
        };
      }),
    env: (url, home) => {
      const own = path.join(home, ".gemini");
      for (const [name, text] of Object.entries(geminiExtension)) {
        const file = path.join(own, "extensions", "agent-foreman", name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      const settings = {
        security: { auth: { selectedType: "gemini-api-key" }, folderTrust: { enabled: false } },
      };
      writeFileSync(path.join(own, "settings.json"), JSON.stringify(settings));
      return { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: "nobody's" };
    },
    tool: { name: "run_shell_command", input: { command } },
    options: () => [],
    leave: "\x03",
  },
};

// Its terminal is made by `script`, which Windows has none of.
(process.platform === "win32" ? () => {} : describe)(
  "the other agents' real programs, started in a worktree",
  () => {
    const { repo } = TestRepo.withOrigin();
    const commonDir = path.join(repo.dir, ".git");
    let tries = 0;
    before(() => assert.equal(cli(repo.dir, "hooks", "install", "--state").exitCode, 0));

    for (const [id, real] of Object.entries(reals)) {
      it(`${id} is seen to work, to wait for a person, to be idle and to be gone, as it really happens`, async function () {
        this.timeout(300_000);
        // They are others' programs, and a key may come before they listen.
        this.retries(1);
        const name = `${id}-${++tries}`;
        repo.git("worktree", "add", "-q", "-b", `agent/${name}`, `../${name}`, "main");
        const desk = realpathSync(path.join(repo.dir, "..", name));
        const home = tempDir();
        let say: ((reply: Reply) => void) | undefined;
        const server = await real.serve(() => new Promise((resolve) => (say = resolve)));
        const program = await real.program();
        const handed = handedTo(id, commonDir) ?? assert.fail("it is handed nothing");
        const run = await beginRun(commonDir, id, desk);
        const args = argumentsOf(id, "Make a file, and say so", [
          ...handed.args,
          ...real.options(server.url),
        ]);
        const session = AgentSession.start([program, ...args], {
          cwd: desk,
          env: {
            PATH: process.env.PATH,
            HOME: home,
            ...real.env(server.url, home, desk),
            ...handed.env,
            [runVariable]: run,
          },
        });
        await noteProcess(commonDir, run, session.pid);

        async function becomes(state: AgentState, press = () => ""): Promise<AgentState> {
          let seen: AgentRun | undefined;
          let pressed = Date.now();
          const complaint = () => `it is ${seen?.state}, not ${state}.${session.account}`;
          const probe = async () => {
            // A person does not press a key ten times a second.
            if (Date.now() - pressed > 1_500) {
              session.type(press());
              pressed = Date.now();
            }
            seen = (await runsIn(commonDir, [{ path: desk, since: null }], Sessions.none)).get(desk);
            return seen?.state === state ? state : undefined;
          };
          return until(probe, complaint);
        }
        /** Waits until the model is asked, and answers. */
        async function answer(reply: Reply): Promise<void> {
          const asked = await until(
            async () => say,
            () => `nobody asked the model.${session.account}`,
          );
          say = undefined;
          asked(reply);
        }

        try {
          const { shows = "", keys = "" } = real.first ?? {};
          await becomes("working", () => (session.shows(shows) ? keys : ""));
          await answer({ tools: [real.tool] });
          await becomes("waiting");
          assert.ok(!existsSync(path.join(desk, "made")));
          await becomes("working", () => "\r");
          await answer({ text: "It is made." });
          await becomes("idle");
          assert.ok(existsSync(path.join(desk, "made")));
          await becomes("gone", () => real.leave);
          assert.deepEqual(readdirSync(desk).sort(), [".git", "made", "readme.md"]);
        } finally {
          session.stop();
          await server.stop();
        }
      });
    }
  },
);
