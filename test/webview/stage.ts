import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openRepo, type Repo } from "../../src/git/repo";
import { type PanelSnapshot, readToHost, type ToHost, type ToPanel } from "../../src/messages";
import type { Finding } from "../../src/model/finding";
import { adjudicate } from "../../src/review/adjudicate";
import { importFindings } from "../../src/review/import";
import { readReview } from "../../src/review/review";
import { panelHtml } from "../../src/ui/findings/html";
import { present } from "../../src/ui/findings/present";
import { panelWords } from "../../src/ui/findings/words";
import { english } from "../../src/ui/translate";
import { launchBrowser } from "../kit/host/browser";
import { TestRepo } from "../kit/repo";
import themes from "./themes.json";

export type Theme = keyof typeof themes;
export const allThemes = Object.keys(themes) as Theme[];

const dist = path.resolve(__dirname, "../../dist");
const origin = "https://panel.test";
const files: Readonly<Record<string, string>> = {
  "/panel.js": "text/javascript",
  "/panel.css": "text/css",
};

export function startBrowser(): Promise<Browser> {
  const executable = process.env.AGENT_FOREMAN_BROWSER;
  if (!executable) throw new Error("Run these with `npm run test:webview`; it sets up what they need.");
  return launchBrowser(executable);
}

/** A repo with these files on a branch, and a reviewer's findings about them. */
export async function reviewedRepo(
  content: Readonly<Record<string, string>>,
  findings: readonly Partial<Finding>[],
): Promise<Repo> {
  const { repo: git } = TestRepo.withOrigin();
  git.git("config", "user.name", "Ann");
  git.git("switch", "-qc", "agent/cart");
  git.commit("feat: cart", content);
  const opened = await openRepo(git.dir);
  if (!opened.ok) throw new Error(opened.refusal.message);
  if (findings.length === 0) return opened.value;
  const text = JSON.stringify({ schemaVersion: 1, reviewer: "claude", findings });
  const run = await importFindings(opened.value, { text, reviewer: "" });
  if (!run.ok) throw new Error(run.refusal.message);
  return opened.value;
}

export interface StageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  /** What an earlier panel kept. */
  readonly state?: unknown;
}

/** The panel as it ships, in a page of its own; what it asks is answered from the real store, as in VS Code. */
export class Stage {
  readonly sent: ToHost[] = [];
  /** What went wrong in the page, and everything that it tried to load beside its own two files. */
  readonly faults: string[] = [];
  /** Set to keep the next answers back, as a host does that hangs or has died. */
  silent = false;
  private revision = 0;
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    readonly page: Page,
    private readonly repo: Repo,
  ) {}

  static async open(browser: Browser, repo: Repo, options: StageOptions = {}): Promise<Stage> {
    const { theme = "dark", width = 1000, state } = options;
    const page = await browser.newPage({ viewport: { width, height: 700 } });
    const stage = new Stage(page, repo);
    page.on("pageerror", (error) => stage.faults.push(String(error)));
    page.on("console", (message) => stage.faults.push(message.text()));
    page.on("dialog", (dialog) => {
      stage.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.route("**/*", (route) => {
      const { pathname, origin: asked } = new URL(route.request().url());
      if (asked === origin && pathname === "/")
        return route.fulfill({ contentType: "text/html", body: html() });
      const contentType = asked === origin ? files[pathname] : undefined;
      if (contentType) return route.fulfill({ contentType, body: readFileSync(path.join(dist, pathname)) });
      stage.faults.push(`loads ${route.request().url()}`);
      return route.abort();
    });
    await page.exposeFunction("toHost", (message: unknown) => stage.receive(message));
    await page.addInitScript({ content: hostApi(theme, state) });
    await page.goto(`${origin}/`);
    await page.locator("h1:not(:empty)").waitFor();
    return stage;
  }

  /** Puts a message to the panel, whatever it is. */
  async post(message: unknown): Promise<void> {
    await this.page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`);
  }

  /** One after the other, as the extension reads, so that an older state never comes last. */
  show(change: Partial<PanelSnapshot> = {}): Promise<void> {
    this.turn = this.turn.then(() => this.showNow(change));
    return this.turn;
  }

  private async showNow(change: Partial<PanelSnapshot>): Promise<void> {
    const review = await readReview(this.repo, "HEAD");
    if (!review.ok) throw new Error(review.refusal.message);
    const snapshot = { ...present(review.value, this.repo.dir, ++this.revision, english), ...change };
    await this.send({ type: "snapshot", snapshot });
  }

  /** The list and what is decided, as a screen reader gets them. */
  aria(selector: string): Promise<string> {
    return this.page.locator(selector).ariaSnapshot();
  }

  state(): Promise<unknown> {
    return this.page.evaluate("window.keptState");
  }

  private send(message: ToPanel): Promise<void> {
    return this.post(message);
  }

  private async receive(message: unknown): Promise<void> {
    const request = readToHost(message);
    if (!request) return void this.faults.push(`sends ${JSON.stringify(message)}`);
    this.sent.push(request);
    if (this.silent) return;
    if (request.type === "ready") {
      await this.send({ type: "words", words: panelWords(english) });
      return this.show();
    }
    let problem: string | null = null;
    if (request.type === "decide") {
      const noted = await adjudicate(this.repo, request);
      if (!noted.ok) problem = noted.refusal.message;
      await this.show();
    }
    await this.send({ type: "answer", request: request.request, problem });
  }
}

function html(): string {
  const nonce = "0123456789abcdef";
  const language = "en";
  return panelHtml({
    script: "/panel.js",
    style: "/panel.css",
    cspSource: origin,
    nonce,
    language,
    loading: "…",
  });
}

/** What VS Code puts into a webview: its API and its theme's colours. */
function hostApi(theme: Theme, state: unknown): string {
  return `
    window.keptState = ${JSON.stringify(state ?? null)};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => void window.toHost(message),
      getState: () => window.keptState ?? undefined,
      setState: (state) => { window.keptState = structuredClone(state); },
    });
    document.addEventListener("readystatechange", () => {
      for (const [name, value] of Object.entries(${JSON.stringify(themes[theme])}))
        document.documentElement.style.setProperty(name, value);
    });`;
}
