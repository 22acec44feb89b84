import type { Browser, BrowserContextOptions, Route } from 'playwright-core';
import { driveAsShipped } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { sendJson } from '../support/stand-in';
import { startChromium, takePicture } from './chromium';
import { LivePage } from './live-page';

driveAsShipped();

const KEY = 'a-key-for-acts';
const SETTINGS = '/admin/companies/1/settings';

describe('a company’s bot that is switched off on the live page', () => {
  let browser: Browser;
  let stage: BotStage;

  beforeAll(async () => {
    browser = await startChromium();
    stage = await BotStage.start({ ADMIN_API_KEY: KEY });
  });
  beforeEach(() => {
    stage.bot.heard.length = 0;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'an answer' });
  });
  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });

  async function open(options: BrowserContextOptions = {}): Promise<LivePage> {
    const live = await LivePage.open(browser, stage.webhook.url, options);
    await live.enter(KEY);
    await live.page.locator('.strip').waitFor();
    return live;
  }

  /** What operators have given the company. */
  async function given(): Promise<unknown> {
    const { runTime } = (await stage.customers.get(SETTINGS)).body as {
      runTime: { settings: unknown } | null;
    };
    return runTime && runTime.settings;
  }

  async function switchOff(live: LivePage): Promise<string> {
    await live.button('More').click();
    expect(await live.hindrances()).toEqual([]);
    await takePicture(live.page, 'live menu');
    await live.button('Turn the bot off for company 1').click();
    return live.answer('Turn the bot off');
  }

  it('asks, says so to everybody, calls nobody, and answers what comes once it is on again', async () => {
    const [live, other] = await Promise.all([open(), open({ locale: 'ru', colorScheme: 'dark' })]);
    await live.write('Is anybody there?');
    await live.line('an answer').waitFor();
    expect(await switchOff(live)).toContain('company 1? Nobody there is answered until you turn it on again');
    await live.says('The bot is off.');
    await live.page.locator('.notices', { hasText: 'The bot is off for company 1' }).waitFor();
    await live.page
      .locator('.conversation .notice', { hasText: 'The bot is off for this company' })
      .waitFor();
    await other.page.locator('.notices', { hasText: 'Бот выключен для компании 1' }).waitFor();
    await live.write('And now?');
    await live.line('The bot is off for the company 1').filter({ hasText: 'Turn the bot on' }).waitFor();
    expect(stage.bot.heard).toHaveLength(1);
    for (const page of [live, other]) expect(await page.hindrances()).toEqual([]);
    await takePicture(live.page, 'live bot off');
    await takePicture(other.page, 'live bot off in Russian');

    await live.page.locator('.notices').getByRole('button', { name: 'Turn the bot on' }).click();
    expect(await live.answer('Turn the bot on')).toContain('What ended without an answer stays so');
    await live.says('The bot is on again');
    for (const { page } of [live, other])
      await page.locator('.notices .notice.warn').waitFor({ state: 'detached' });
    // Each process knows it within a second.
    await stage.workers[0]?.waitForLine(/"botsOff":0/);
    const ended = live.line('The bot was muted or off');
    await ended.getByRole('button', { name: 'Ask the bot again' }).click();
    await stage.bot.hears(2);
    await live.line('repeats').waitFor();
    const { items } = (await stage.customers.get('/admin/audit-log?limit=3')).body as { items: object[] };
    expect(items).toMatchObject([
      { what: 'POST /admin/history/:batchId/replay', status: 200 },
      { what: 'DELETE /admin/companies/:id/settings', on: { id: '1' }, status: 200 },
      { what: 'PUT /admin/companies/:id/settings', on: { id: '1' }, status: 200 },
    ]);
    await Promise.all([live.close(), other.close()]);
  });

  it('is what the list says of its conversations, and of a muted one that it is muted', async () => {
    await stage.customers.put(SETTINGS, { window: { batchTimeout: 30_000 }, bot: 'off' });
    const [phone, muted] = ['79001230001', '79001230002'];
    await stage.customers.message(phone, 'Hello', { companyId: 1 });
    await stage.customers.put('/admin/companies/2/settings', { window: { batchTimeout: 30_000 } });
    await stage.customers.message(muted, 'Hello', { companyId: 2 });
    await stage.customers.post(`/admin/conversations/${muted}/mute?companyId=2`);
    const live = await open();
    await live.window(phone).filter({ hasText: '· bot off' }).waitFor();
    await live.window(muted).filter({ hasText: '· muted' }).waitFor();
    await live.show(`1:${phone}`);
    await live.page.locator('.conversation .present', { hasText: '· bot off' }).waitFor();
    for (const id of [1, 2]) await stage.customers.delete(`/admin/companies/${id}/settings`);
    await live.close();
  });

  it('leaves what else the company was given', async () => {
    const own = { window: { batchTimeout: 400 } };
    await stage.customers.put(SETTINGS, own);
    const live = await open();
    await live.write('Hello');
    await switchOff(live);
    const isSo = (settings: object): Promise<unknown> =>
      eventually('what was given', given, (now) => JSON.stringify(now) === JSON.stringify(settings));
    await isSo({ ...own, bot: 'off' });
    await live.button('More').click();
    await live.button('Turn the bot on for company 1').click();
    await live.answer('Turn the bot on');
    await isSo(own);
    await live.close();
  });

  it('says that another operator has changed the company at the same moment, and changes nothing', async () => {
    const others = { busyPolicy: 'hold' };
    const live = await open();
    await live.write('Hello');
    const change = async (route: Route): Promise<void> => {
      const read = await route.fetch();
      await stage.customers.put(SETTINGS, others);
      await route.fulfill({ response: read });
    };
    await live.page.route(`**${SETTINGS}`, change, { times: 1 });
    await switchOff(live);
    await live.says('somebody changed this company’s settings at the same moment');
    expect(await given()).toEqual(others);
    await switchOff(live);
    await live.says('The bot is off.');
    expect(await given()).toEqual({ ...others, bot: 'off' });
    await stage.customers.delete(SETTINGS);
    await live.close();
  });
});
