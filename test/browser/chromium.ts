import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A name that is not this machine's to the browser, which is laxer with those that are. */
export const HOST = 'rapid-fire.example';

/** The Chromium that `npm run test:browser` provides, without a window. */
export function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error('CHROMIUM is not set: `npm run test:browser` finds or installs one.');
  return chromium.launch({
    executablePath,
    args: [
      // For root, as whom CI runs; the pages are our own.
      '--no-sandbox',
      // Containers have little shared memory.
      '--disable-dev-shm-usage',
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
    ],
  });
}

/** What a page's console will show as errors, and what could not be loaded; grows as it happens. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  return complaints;
}

/** Where `SCREENSHOTS` names a folder, a picture of what is seen, for a person to look at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await page.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}.png`) });
}
