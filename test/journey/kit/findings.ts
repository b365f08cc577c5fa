import type { FrameLocator, Page } from "playwright-core";
import { until } from "./until";

/** The findings panel inside VS Code's window; a webview is the inner one of two frames. */
export class FindingsTab {
  readonly frame: FrameLocator;

  constructor(private readonly page: Page) {
    this.frame = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** Waits until the line of progress says this. */
  async progress(text: string): Promise<void> {
    await this.frame.getByRole("status").filter({ hasText: text }).waitFor({ timeout: 60_000 });
  }

  /** The titles in the list, from top to bottom, with what became of each. */
  async titles(wanted: number): Promise<string[]> {
    const rows = this.frame.locator("[role=option]");
    await until(
      async () => ((await rows.count()) === wanted ? true : undefined),
      () => `the panel never showed ${wanted} findings`,
    );
    const texts: string[] = [];
    for (const row of await rows.all()) {
      const status = await row.locator(".status").textContent();
      texts.push([await row.locator(".title").textContent(), status].filter(Boolean).join(" – "));
    }
    return texts;
  }

  /** Puts the keyboard into the list. */
  async focus(): Promise<void> {
    await this.frame.getByRole("listbox").focus();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}
