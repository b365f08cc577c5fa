import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { until } from "./until";

const screenshots = path.resolve(__dirname, "../../../test-results/screenshots");

/** What is read of an element inside the page, where the test's own types do not reach. */
interface PageElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
}

/** A part of the window, in pixels. */
interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** VS Code's window, used as a person uses it: by what is seen, said and typed, never by the extension's insides. */
export class Workbench {
  private constructor(readonly page: Page) {}

  static async ready(page: Page): Promise<Workbench> {
    await page.locator(".monaco-workbench .activitybar").waitFor({ timeout: 60_000 });
    return new Workbench(page);
  }

  /** Clicks the extension's place in the activity bar, and waits for its view. */
  async openView(): Promise<void> {
    await this.page
      .getByRole("tab", { name: /^Agent Foreman/ })
      .first()
      .click();
    await this.view.waitFor({ timeout: 60_000 });
  }

  get view(): Locator {
    return this.page.locator(".sidebar .part-content, .part.sidebar").getByRole("tree").first();
  }

  /** A further view below the worktrees, by its title. */
  section(title: string): Locator {
    const header = this.page.locator(".pane-header", { hasText: title });
    return this.page.locator(".part.sidebar .pane").filter({ has: header }).getByRole("tree");
  }

  /** Waits until a further view's rows are as `wanted` says. */
  async sectionBecomes(title: string, wanted: (lines: readonly string[]) => boolean): Promise<string[]> {
    let last: string[] = [];
    return until(
      async () => {
        last = await rowsOf(this.section(title));
        return wanted(last) ? last : undefined;
      },
      () => `the view ${title} shows:\n${last.join("\n")}`,
    );
  }

  /** The view's rows as a person reads them, one a line, indented by level. */
  async tree(): Promise<string[]> {
    return rowsOf(this.view);
  }

  /** Waits until the tree is as `wanted` says; a mismatch at the end shows the tree as it is. */
  async treeBecomes(wanted: (lines: readonly string[]) => boolean, what: string): Promise<string[]> {
    let last: string[] = [];
    return until(
      async () => {
        last = await this.tree();
        return wanted(last) ? last : undefined;
      },
      () => `the tree never showed ${what}; it shows:\n${last.join("\n")}`,
    );
  }

  /** The row of the worktree with that name. */
  row(name: string): Locator {
    return this.view.locator(".monaco-list-row").filter({
      has: this.page.locator(".label-name", { hasText: new RegExp(`^${name}$`) }),
    });
  }

  /** Waits until a row stays where it is: each fact that comes may move it, and a click would then meet another one. */
  private async settled(name: string): Promise<void> {
    let before = "";
    let since = Date.now();
    await until(
      async () => {
        const rows = JSON.stringify([await this.row(name).boundingBox(), await this.tree()]);
        if (rows !== before) since = Date.now();
        before = rows;
        return Date.now() - since > 1_000 ? true : undefined;
      },
      () => `the row ${name} never came to rest`,
    );
  }

  /** Folds a row out, or in again. */
  async toggle(name: string): Promise<void> {
    await this.settled(name);
    await this.row(name).click();
    await this.restPointer();
  }

  /** Clicks an action that a row shows when the pointer is on it. */
  async rowAction(name: string, action: string): Promise<void> {
    await this.settled(name);
    await this.row(name).hover();
    await this.row(name)
      .getByRole("button", { name: new RegExp(`^${action}`) })
      .click();
  }

  /** Chooses from a row's context menu. */
  async contextMenu(name: string, item: string): Promise<void> {
    await this.settled(name);
    await this.row(name).click({ button: "right" });
    const choice = this.page.locator(".monaco-menu").getByRole("menuitem", { name: new RegExp(`^${item}`) });
    await choice.hover();
    // A menu takes no click in its first tenth of a second, so that the one that opened it is not taken for a choice.
    await this.page.waitForTimeout(250);
    await choice.click();
  }

  /** Clicks a button in the view's title. */
  async titleAction(name: string): Promise<void> {
    // With other views below, a view's buttons show when the pointer is on its title.
    const header = this.page.locator(".part.sidebar .pane-header", { hasText: "Worktrees" }).first();
    if (await header.isVisible()) await header.hover();
    await this.page
      .locator(".part.sidebar .title-actions, .part.sidebar .actions")
      .getByRole("button", { name: new RegExp(`^${name}`) })
      .first()
      .click();
  }

  /** Runs a command from the palette by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput.waitFor();
    await this.quickInput.locator("input").first().fill(`>${title}`);
    await this.quickInput.locator(".monaco-list-row").filter({ hasText: title }).first().click();
  }

  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:not([style*='display: none'])");
  }

  private get answer(): Locator {
    return this.quickInput.locator(".quick-input-filter input").first();
  }

  /** Types into the question that VS Code asks at the top. */
  async fill(text: string): Promise<void> {
    await this.answer.waitFor();
    await this.answer.fill(text);
  }

  /** Waits until the line below the question says something like `wanted`; returns all of it. */
  async validation(wanted: RegExp): Promise<string> {
    const message = this.quickInput.locator(".quick-input-message").filter({ hasText: wanted });
    await message.waitFor({ timeout: 60_000 });
    return (await message.textContent()) ?? "";
  }

  /** Enter, to the question at the top. */
  async confirm(): Promise<void> {
    await this.answer.press("Enter");
  }

  /** Escape, to the question at the top. */
  async leave(): Promise<void> {
    await this.answer.press("Escape");
  }

  /** Chooses one of the choices offered at the top. */
  async pick(label: string): Promise<void> {
    await this.quickInput.locator(".monaco-list-row").filter({ hasText: label }).first().click();
  }

  /** Waits for a notification with this text and, if asked, clicks its button. */
  async notification(text: string | RegExp, button?: string): Promise<string> {
    const toast = this.page
      .locator(".notifications-toasts .notification-list-item")
      .filter({ hasText: text });
    await toast.first().waitFor({ timeout: 60_000 });
    const said = (await toast.first().locator(".notification-list-item-message").textContent()) ?? "";
    if (button !== undefined) {
      await toast.first().hover();
      await toast.first().getByRole("button", { name: button }).click();
    }
    return said;
  }

  /** Types a line into the terminal that is open. */
  async typeInTerminal(line: string): Promise<void> {
    const terminal = this.page.locator(".terminal-wrapper .xterm-screen").last();
    await terminal.waitFor({ timeout: 60_000 });
    await terminal.click();
    await this.page.keyboard.type(`${line}\n`);
  }

  /** Waits until the terminal that is open is closed. */
  async terminalCloses(): Promise<void> {
    await this.page.locator(".terminal-wrapper").last().waitFor({ state: "detached", timeout: 60_000 });
  }

  /** Waits until a terminal shows these words. */
  async terminalShows(words: string): Promise<void> {
    await this.page.locator(".xterm-rows").filter({ hasText: words }).waitFor({ timeout: 60_000 });
  }

  /** Unfolds the first comment in the editor, by the mark beside its line. */
  async openComment(): Promise<void> {
    await this.page.locator(".comment-range-glyph.comment-thread").first().click();
  }

  /** What the open comment says, its heading included. */
  async comment(): Promise<string> {
    const widget = this.page.locator(".review-widget").first();
    await widget.waitFor({ timeout: 60_000 });
    return (await widget.textContent()) ?? "";
  }

  /** Clicks a button above the open comment. */
  async commentAction(name: string): Promise<void> {
    await this.page.locator(".review-widget").first().getByRole("button", { name }).click();
  }

  /** Waits for a modal question, answers it with `button`, and returns what it said. */
  async dialog(button: string): Promise<string> {
    const box = this.page.locator(".monaco-dialog-box");
    await box.waitFor({ timeout: 60_000 });
    const said = (await box.locator(".dialog-message-container").textContent()) ?? "";
    await box.getByRole("button", { name: button, exact: true }).click();
    return said;
  }

  /** Keeps `test-results/screenshots/<name>-light.png` and `-dark.png` of the whole window, or of a part of it. */
  async screenshot(name: string, clip?: Clip): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.locator(`.monaco-workbench.${colorScheme === "light" ? "vs" : "vs-dark"}`).waitFor();
      await this.picture(`${name}-${colorScheme}`, clip);
    }
  }

  /** The same in the high-contrast theme, as `<name>-high-contrast.png`. */
  async highContrastScreenshot(name: string): Promise<void> {
    await this.page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    await this.page.locator(".monaco-workbench.hc-black").waitFor();
    await this.picture(`${name}-high-contrast`);
    await this.page.emulateMedia({ forcedColors: null });
  }

  private async picture(name: string, clip?: Clip): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    const file = path.join(screenshots, `${name}.png`);
    await this.page.screenshot({ path: file, animations: "disabled", ...(clip ? { clip } : {}) });
  }

  /** Moves the pointer where it brings up no hover. */
  async restPointer(): Promise<void> {
    await this.page.mouse.move(800, 790);
  }

  /** Drags the sidebar's edge until it is `width` pixels wide. */
  async widenSidebar(width: number): Promise<void> {
    const box = await this.page.locator(".part.sidebar").boundingBox();
    if (!box) throw new Error("there is no sidebar");
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
    await this.restPointer();
  }
}

/** The rows of a tree as a person reads them, one a line, indented by level. */
async function rowsOf(tree: Locator): Promise<string[]> {
  return tree.locator(".monaco-list-row").evaluateAll((rows: readonly PageElement[]) =>
    rows
      .map((row) => ({
        index: Number(row.getAttribute("data-index")),
        level: Number(row.getAttribute("aria-level")),
        label: row.querySelector(".label-name")?.textContent ?? "",
        description: row.querySelector(".label-description")?.textContent ?? "",
      }))
      .sort((a, b) => a.index - b.index)
      .map(({ level, label, description }) => `${"  ".repeat(level - 1)}${label} ${description}`.trimEnd()),
  );
}
