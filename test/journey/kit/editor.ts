import type { Locator, Page } from "playwright-core";
import { until } from "./until";

/** The text editor that is open, as a person reads and clicks it. */
export class EditorPart {
  constructor(private readonly page: Page) {}

  private get editor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor").last();
  }

  /** Waits until these words stand beside a line. */
  async shows(words: string): Promise<void> {
    await this.beside(words);
  }

  async showsNo(words: string): Promise<void> {
    await until(
      async () => ((await this.besides()).some((text) => text.includes(words)) ? undefined : true),
      () => `"${words}" stays beside a line`,
    );
  }

  /** Rests the pointer on the words beside a line; returns what the hover says. */
  async hoverBeside(words: string): Promise<string> {
    const box = await this.beside(words);
    await this.page.mouse.move(box.x, box.y);
    await this.page.mouse.move(box.x + 3, box.y);
    const hover = this.page.locator(".monaco-hover:visible .hover-contents").filter({ hasText: "Merging" });
    await hover.first().waitFor({ timeout: 60_000 });
    return (await hover.first().textContent())?.replaceAll("\u00a0", " ") ?? "";
  }

  async lensShown(title: string): Promise<Locator> {
    const lens = this.page.locator(".contentWidgets .codelens-decoration a").filter({ hasText: title });
    await lens.first().waitFor({ timeout: 60_000 });
    return lens.first();
  }

  /** Clicks an action that stands above a line. */
  async lens(title: string): Promise<void> {
    await (await this.lensShown(title)).click();
  }

  /** Goes to the file's next problem by keyboard, reads it and closes it again. */
  async nextProblem(): Promise<void> {
    await this.page.keyboard.press("Alt+F8");
    const widget = this.page.locator(".marker-widget");
    await widget.waitFor({ timeout: 60_000 });
    await this.page.keyboard.press("Escape");
    await widget.waitFor({ state: "hidden" });
  }

  /** Opens the quick fixes by keyboard and takes the first, which is to be called this; asks again as long as there is none. */
  async quickFix(title: string): Promise<void> {
    const first = this.page
      .locator(".action-widget .monaco-list-row.action")
      .first()
      .filter({ hasText: title });
    await until(
      async () => {
        await this.page.keyboard.press("Control+.");
        return first.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => this.page.keyboard.press("Escape").then(() => undefined),
        );
      },
      () => `no quick fix is called "${title}"`,
    );
    // As with menus: the key that opened it is not to be taken for a choice.
    await this.page.waitForTimeout(250);
    await this.page.keyboard.press("Enter");
  }

  /** Waits until the status bar counts so many errors, and opens Problems. */
  async problemsBecome(count: number): Promise<void> {
    const errors = this.page.locator(".statusbar-item").filter({ has: this.page.locator(".codicon-error") });
    await until(
      async () => ((await errors.first().textContent())?.trim().startsWith(String(count)) ? true : undefined),
      () => `the status bar never counted ${count} errors`,
    );
    await errors.first().click();
    await this.page.locator(".markers-panel .monaco-list-row").first().waitFor();
  }

  /** The problems that fit into the panel, each as one line. */
  async problems(): Promise<string[]> {
    return this.page.locator(".markers-panel .marker-message-line").allTextContents();
  }

  /** Folds every file, and gives their names in order of the alphabet. */
  async problemFiles(): Promise<string[]> {
    await this.page.locator(".part.panel").getByRole("button", { name: "Collapse All" }).click();
    const files = this.page.locator(".markers-panel .monaco-list-row .monaco-icon-label .label-name");
    return [...new Set(await files.allTextContents())].sort();
  }

  async closePanel(): Promise<void> {
    await this.page
      .locator(".part.panel")
      .getByRole("button", { name: /^(Hide Panel|Close Panel)/ })
      .click();
    await this.page.locator(".part.panel").waitFor({ state: "hidden" });
  }

  /** Waits until a line with this text is shown. */
  async line(text: string): Promise<void> {
    await this.editor.locator(".view-line").filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
  }

  /** The words that decorations put beside lines; they are no text of the page, but drawn by its style. */
  private async besides(): Promise<string[]> {
    return (await this.drawn()).map(({ text }) => text);
  }

  private async beside(words: string): Promise<{ x: number; y: number }> {
    return until(
      async () => (await this.drawn()).find(({ text }) => text.includes(words)),
      () => `"${words}" never stood beside a line`,
    );
  }

  private async drawn(): Promise<{ text: string; x: number; y: number }[]> {
    return this.editor.locator(".view-line span").evaluateAll((spans: readonly Span[]) =>
      spans.flatMap((span) => {
        const style = span.ownerDocument.defaultView.getComputedStyle(span, "::after");
        const text = style.content.replace(/^"|"$/g, "").replaceAll('\\"', '"');
        const { left, top, height } = span.getBoundingClientRect();
        return text.startsWith("⟵") ? [{ text, x: left + 60, y: top + height / 2 }] : [];
      }),
    );
  }
}

/** What is read of an element inside the page, where the test's own types do not reach. */
interface Span {
  readonly ownerDocument: {
    readonly defaultView: { getComputedStyle(span: Span, pseudo: string): { readonly content: string } };
  };
  getBoundingClientRect(): { readonly left: number; readonly top: number; readonly height: number };
}
