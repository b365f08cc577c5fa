import { chmod, copyFile, mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser, workbenchUrl } from "../../kit/host/browser";
import type { NpmHost } from "../../kit/host/npmHost";
import { writeProfile } from "../../kit/host/profile";
import { type RunningServer, startServer } from "../../kit/host/server";
import { installVsix, packageVsix } from "../../kit/host/vsix";
import { tempDir } from "../../kit/repo";
import { Workbench } from "./workbench";

// The exit event is what ends servers and removes temp folders; only a handled signal leads to it.
for (const signal of ["SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(143));

let packaged: Promise<string> | undefined;

/** The VS Code and the browser that main.mjs has set up. */
export function hostOfJourneys(): NpmHost {
  const host = process.env.AGENT_FOREMAN_NPM_HOST;
  if (!host) throw new Error("Run the journeys with `npm run test:journey`; it sets up what they need.");
  return JSON.parse(host);
}

/** A folder with a `claude` in it, so that an agent is installed wherever the tests run. */
async function agentsOnPath(dir: string): Promise<string> {
  const folder = path.join(dir, "bin");
  await mkdir(folder);
  await copyFile(path.join(__dirname, "../../kit/agents/claude.mjs"), path.join(folder, "claude.mjs"));
  await chmod(path.join(folder, "claude.mjs"), 0o755);
  await symlink("claude.mjs", path.join(folder, "claude"));
  return folder;
}

/** A VS Code with nothing in it but the packaged extension, and the browsers that look at it. */
export class Session {
  private constructor(
    private readonly server: RunningServer,
    private readonly browser: Browser,
  ) {}

  /** `env` is added to the environment of VS Code, as a codespace or a person's shell would. */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<Session> {
    const host = hostOfJourneys();
    const dir = tempDir("agent-foreman-journey-");
    writeProfile(dir, {
      "window.autoDetectColorScheme": true,
      "window.autoDetectHighContrast": true,
      // So that a terminal's words can be read.
      "terminal.integrated.gpuAcceleration": "off",
    });
    packaged ??= packageVsix();
    await installVsix(host.vscode, dir, await packaged);
    const server = await startServer(host.vscode, {
      dir,
      automation: false,
      token: true,
      // Nothing of the person who runs the tests may leak into them.
      env: {
        // Without it VS Code asks a login shell for its environment, which may have another PATH.
        VSCODE_CLI: "1",
        HOME: path.join(dir, "home"),
        PATH: [await agentsOnPath(dir), process.env.PATH].join(path.delimiter),
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        ...env,
      },
    });
    try {
      return new Session(server, await launchBrowser(host.browser));
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Opens `folder` as a person's window does, and waits until the workbench is ready. */
  async open(folder: string): Promise<Workbench> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(workbenchUrl(this.server, folder));
    return Workbench.ready(page);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}
