import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { complaintsOf, takePicture } from './chromium';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is done rarely is in the conversation's menu. */
const IN_MENU: readonly string[] = ['Block', 'Unblock', 'Erase'];

/** The live page, as a person uses it. */
export class LivePage {
  readonly complaints: readonly string[];

  private constructor(readonly page: Page) {
    this.complaints = complaintsOf(page);
  }

  /** Opens the page in a browser of its own, which does not know the key. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<LivePage> {
    const context = await browser.newContext({ locale: 'en', ...options });
    const page = await context.newPage();
    await page.goto(`${url}/live`);
    return new LivePage(page);
  }

  async enter(key: string): Promise<void> {
    await this.page.locator('input[name=key]').fill(key);
    await this.page.keyboard.press('Enter');
  }

  /** Types as the simulated customer, one fragment after the other. */
  async write(...texts: string[]): Promise<void> {
    const field = this.page.locator('.write input');
    for (const text of texts) {
      await field.fill(text);
      await field.press('Enter');
      await this.page.locator('.timeline .message', { hasText: text }).waitFor();
    }
  }

  /** Shows a conversation, as the page's address does. */
  async show(conversationId: string): Promise<void> {
    const hash = `c/${encodeURIComponent(conversationId)}`;
    await this.page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  }

  /** A line of the timeline that says so. */
  line(says: string): Locator {
    return this.page.locator('.timeline li', { hasText: says });
  }

  /** Presses keys of the page, outside of its fields. */
  async press(...keys: string[]): Promise<void> {
    await this.page.evaluate('document.activeElement?.blur()');
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The listed window of a conversation, by its customer. */
  window(of: string): Locator {
    return this.page.locator('.window', { hasText: of });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A verb of the shown conversation; a line of its timeline may offer the same as its mend. */
  verb(name: string): Locator {
    return this.page.locator('.verbs').getByRole('button', { name, exact: true });
  }

  /** Presses a button, and the one of the question that follows; resolves with what was asked. */
  async confirm(name: string): Promise<string> {
    if (IN_MENU.includes(name)) await this.button('More').click();
    await this.button(name).click();
    return this.answer(name);
  }

  /** The button of a question that is asked; resolves with what was asked. */
  async answer(name: string): Promise<string> {
    const dialog = this.page.getByRole('dialog');
    const asked = await dialog.locator('p').first().innerText();
    await takePicture(this.page, `live ${name}`);
    await dialog.getByRole('button', { name, exact: true }).click();
    return asked;
  }

  /** Waits until the page says so of what was done. */
  says(text: string): Promise<void> {
    return this.page.locator('.said', { hasText: text }).waitFor();
  }

  /** What keeps people with a screen reader, without a mouse, or on a narrow screen from using what is shown. */
  async hindrances(): Promise<string[]> {
    const isWider = await this.page.evaluate('document.documentElement.scrollWidth > innerWidth');
    if (isWider) return ['wider than the screen'];
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id }) => id))',
    );
    return found as string[];
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
