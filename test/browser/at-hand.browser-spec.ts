import type { Browser, BrowserContextOptions } from 'playwright-core';
import { driveAsShipped } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { sendJson } from '../support/stand-in';
import { startChromium, takePicture } from './chromium';
import { LivePage } from './live-page';

driveAsShipped();

const PHONE = '79005551234';

describe('on the live page', () => {
  let browser: Browser;
  let stage: BotStage;

  beforeAll(async () => {
    browser = await startChromium();
    stage = await BotStage.start({}, { inOneProcess: true });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'an answer' });
  });
  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });

  async function open(options: BrowserContextOptions = {}): Promise<LivePage> {
    const live = await LivePage.open(browser, stage.webhook.url, options);
    await live.page.locator('.strip').waitFor();
    return live;
  }

  it('a customer of whom nothing waits is found by phone, with every company', async () => {
    for (const companyId of [7, 8]) await stage.customers.message(PHONE, `to ${companyId}`, { companyId });
    await stage.gateway.hears(2);
    const live = await open();
    await live.press('/');
    await live.page.keyboard.type('+7 (900) 555-12-34');
    const found = live.page.locator('.window.found');
    await found.filter({ hasText: 'co. 7' }).waitFor();
    await found.filter({ hasText: 'co. 8' }).waitFor();
    expect(await live.hindrances()).toEqual([]);
    await takePicture(live.page, 'live found');
    await found.filter({ hasText: 'co. 7' }).click();
    await live.line('to 7').waitFor();
    await live.line('an answer').waitFor();
    await live.close();
  });

  it('Enter shows who is found first, also once that is known, and nobody is found by a part of a phone', async () => {
    const live = await open();
    await live.press('/');
    await live.page.keyboard.type('5551');
    await live.page.getByText('A whole phone finds also those who wait for nothing').waitFor();
    await live.page.locator('.search').fill(PHONE);
    await live.page.locator('.search').press('Enter');
    await live.page.locator('h2', { hasText: PHONE }).waitFor();
    await live.close();
  });

  it.each(['en', 'ru'])('nothing is in the way of anybody on the narrowest screen, in %s', async (locale) => {
    const live = await open({ locale, viewport: { width: 320, height: 640 } });
    expect(await live.hindrances()).toEqual([]);
    for (const key of ['d', 'w', '?']) {
      await live.press(key);
      expect(await live.hindrances()).toEqual([]);
    }
    await live.page.keyboard.press('Escape');
    await live.show(`7:${PHONE}`);
    await live.line('to 7').waitFor();
    expect(await live.hindrances()).toEqual([]);
    await live.close();
  });

  it('Escape closes the menu, and leaves the conversation where it is; what could do nothing cannot be pressed', async () => {
    const live = await open();
    await live.show(PHONE);
    await live.page.locator('h2', { hasText: PHONE }).waitFor();
    for (const name of ['Flush', 'Clear']) expect(await live.button(name).isDisabled()).toBe(true);
    await live.button('More').click();
    await live.button('Erase').waitFor();
    await live.page.keyboard.press('Escape');
    await live.button('Erase').waitFor({ state: 'hidden' });
    expect(await live.page.locator('h2', { hasText: PHONE }).isVisible()).toBe(true);
    await live.page.keyboard.press('Escape');
    await live.page.getByText('See it work').waitFor();
    await live.close();
  });

  it('light and dark are switched, kept for the next time, and follow the system until then', async () => {
    const live = await open({ colorScheme: 'light' });
    const ground = (): Promise<unknown> => live.page.evaluate('getComputedStyle(document.body).color');
    const light = await ground();
    await live.page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    expect(dark).not.toBe(light);
    await live.button('Light or dark').click();
    expect(await ground()).toBe(light);
    expect(await live.hindrances()).toEqual([]);
    await live.page.reload();
    await live.page.locator('.strip').waitFor();
    expect(await ground()).toBe(light);
    await live.button('Light or dark').click();
    await live.page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe(light);
    await live.close();
  });
});
