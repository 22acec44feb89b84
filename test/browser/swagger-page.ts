import type { Locator, Page } from 'playwright-core';
import { complaintsOf, takePicture } from './chromium';

/** Swagger UI, as a person uses it. */
export class SwaggerPage {
  readonly complaints: readonly string[];

  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {
    this.complaints = complaintsOf(page);
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.url}/docs`);
    await this.page.locator('.opblock').first().waitFor();
  }

  /** Enters keys by the names of their schemes. */
  async authorize(keys: Readonly<Record<string, string>>): Promise<void> {
    await this.page.locator('.auth-wrapper > .authorize').click();
    const dialog = this.page.locator('.dialog-ux');
    for (const [scheme, key] of Object.entries(keys)) {
      const form = dialog.locator('.auth-container', {
        has: this.page.locator(`h4 code:text-is("${scheme}")`),
      });
      await form.locator('input').fill(key);
      await form.getByRole('button', { name: /apply credentials|authorize/i }).click();
    }
    await dialog.locator('.btn-done').first().click();
  }

  /** Tries an operation, named like `GET /admin/batches`; resolves with the status that the page shows. */
  async execute(operation: string, parameters: Readonly<Record<string, string>>): Promise<number> {
    const block = this.block(operation);
    const summary = block.locator('.opblock-summary-control');
    await summary.click();
    const tryIt = block.getByRole('button', { name: 'Try it out' });
    await block.locator('.execute').or(tryIt).first().waitFor();
    if (await tryIt.isVisible()) await tryIt.click();
    const inputs = block.locator('tr[data-param-name]');
    for (const row of await inputs.all()) {
      const name = (await row.getAttribute('data-param-name')) ?? '';
      const value = parameters[name] ?? '';
      // One of a few words is chosen, not written.
      const choice = row.locator('select');
      if ((await choice.count()) > 0) await choice.selectOption(value);
      else await row.locator('input').fill(value);
    }
    await block.locator('.execute').click();
    const status = block.locator('.live-responses-table .response-col_status').nth(1);
    await status.scrollIntoViewIfNeeded();
    const shown = Number.parseInt((await status.innerText()).trim(), 10);
    await takePicture(this.page, operation);
    // Folded up again: a page with everything open is slow.
    await summary.click();
    return shown;
  }

  close(): Promise<void> {
    return this.page.close();
  }

  private block(operation: string): Locator {
    const [method = '', path = ''] = operation.split(' ');
    return this.page.locator(`.opblock-${method.toLowerCase()}`, {
      has: this.page.locator(`.opblock-summary-path[data-path="${path}"]`),
    });
  }
}
