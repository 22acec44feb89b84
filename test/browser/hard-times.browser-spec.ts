import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import { AppProcess, driveAsShipped } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { sendJson } from '../support/stand-in';
import { startChromium, takePicture } from './chromium';
import { LivePage } from './live-page';

driveAsShipped();

const KEY = 'a-key-for-acts';
const PHONE = '79005551234';
/** Longer than what is read again waits for, so that calls would pile up, ms. */
const SLOW_MS = 3_000;

describe('the live page, where', () => {
  let browser: Browser;
  let stage: BotStage;
  let refuses: boolean;

  beforeAll(async () => {
    browser = await startChromium();
    stage = await BotStage.start({ ADMIN_API_KEY: KEY }, { inOneProcess: true });
    stage.bot.answer = (_, response) =>
      refuses ? sendJson(response, 400, {}) : sendJson(response, 200, { reply: 'an answer' });
  });
  beforeEach(() => {
    refuses = false;
  });
  afterEach(async () => {
    if (stage.webhook.hasExited) await stage.webhook.restart();
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

  /** How many calls of the page have no answer yet, at the most so far. */
  function mostAtOnce(page: Page): () => number {
    let [now, most] = [0, 0];
    const isCall = (url: string): boolean => url.includes('/admin/');
    page.on('request', (request) => {
      if (isCall(request.url())) most = Math.max(most, (now += 1));
    });
    for (const end of ['requestfinished', 'requestfailed'] as const)
      page.on(end as 'requestfinished', (request) => {
        if (isCall(request.url())) now -= 1;
      });
    return () => most;
  }

  const acts = async (what: string): Promise<number> => {
    const { items } = (await stage.customers.get('/admin/audit-log?limit=100')).body as {
      items: { what: string }[];
    };
    return items.filter((each) => each.what.includes(what)).length;
  };

  it('its address was cut off, shows the beginning', async () => {
    const live = await open();
    await live.page.goto(`${stage.webhook.url}/live#c/%D0%`);
    await live.page.reload();
    await live.page.getByText('See it work').waitFor();
    await live.close();
  });

  it('the webhook is away, what was read stays, and what is ordered stays said', async () => {
    await stage.customers.message(PHONE, 'hello');
    await stage.customers.post(`/admin/conversations/${PHONE}/mute?minutes=60`);
    const live = await open();
    await live.show(PHONE);
    await live.line('hello').waitFor();
    const muted = live.page.locator('.conversation .notice', { hasText: 'The bot is muted until' });
    await muted.waitFor();
    await stage.webhook.kill();
    const failed = live.page.waitForEvent('requestfailed', (request) => request.url().includes('/timeline'));
    await live.page.locator('.notice.bad', { hasText: 'Not connected' }).waitFor();
    await failed;
    await live.button('Unmute').first().click();
    await live.says('it may have been done, or not');
    expect(await live.line('hello').isVisible()).toBe(true);
    expect(await muted.isVisible()).toBe(true);
    await takePicture(live.page, 'live away');
    await stage.webhook.restart();
    await live.button('Unmute').first().click();
    await muted.waitFor({ state: 'detached' });
    await live.close();
  });

  it('the webhook is away, what is typed as a customer stays in the field, and is one message however often it is sent', async () => {
    const live = await open();
    const field = live.page.locator('.write input');
    await live.write('Can I');
    await stage.webhook.kill();
    await field.fill('book a haircut');
    await field.press('Enter');
    await live.page.locator('.outcome', { hasText: 'That did not work' }).waitFor();
    expect(await field.inputValue()).toBe('book a haircut');
    await stage.webhook.restart();
    // Its answer is lost on the way: it was taken all the same.
    const lose = async (route: Route): Promise<void> => {
      await route.fetch();
      await route.abort();
    };
    await live.page.route('**/admin/simulator', lose, { times: 1 });
    await field.press('Enter');
    await live.line('book a haircut').waitFor();
    await eventually(
      'the text',
      () => field.inputValue(),
      (text) => text === 'book a haircut',
    );
    await field.press('Enter');
    await live.page.locator('.outcome', { hasText: 'A duplicate' }).waitFor();
    expect(await field.inputValue()).toBe('');
    await live.close();
  });

  it('Redis is away, says so, keeps what was read, and says of an act that it may have been done, or not', async () => {
    await stage.customers.post(`/admin/conversations/${PHONE}/hold?minutes=60`);
    await stage.customers.message(PHONE, 'is it open today?');
    const live = await open();
    await live.show(PHONE);
    await live.line('is it open today?').waitFor();
    stage.redis.pause();
    try {
      await live.page.locator('.notice.bad', { hasText: 'Redis cannot be read' }).waitFor();
      await live.press('f');
      await live.says('it may have been done, or not');
      expect(await live.line('is it open today?').isVisible()).toBe(true);
    } finally {
      stage.redis.resume();
    }
    await live.page.locator('.notice.bad').waitFor({ state: 'detached' });
    await stage.customers.post(`/admin/conversations/${PHONE}/release`);
    await live.close();
  });

  it('the way is slow, calls do not pile up, and what is pressed twice is done once, and said to be under way', async () => {
    await stage.customers.post(`/admin/conversations/${PHONE}/hold?minutes=60`);
    await stage.customers.message(PHONE, 'are you there?');
    const live = await open();
    await live.show(PHONE);
    await live.line('are you there?').waitFor();
    const most = mostAtOnce(live.page);
    await live.page.route('**/admin/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      await route.continue().catch(() => undefined);
    });
    const before = await acts('/flush');
    await live.press('f', 'f');
    await live.says('Under way');
    await live.says('Flushed');
    for (let i = 0; i < 3; i += 1) {
      await stage.customers.message(PHONE, `fragment ${i}`);
      await live.line(`fragment ${i}`).waitFor();
    }
    expect((await acts('/flush')) - before).toBe(1);
    // A conversation's timeline, its orders, and an act.
    expect(most()).toBeLessThanOrEqual(3);
    await live.page.unrouteAll({ behavior: 'ignoreErrors' });
    await live.close();
  });

  it('there are 100 dead letters, says how many more there are than are shown, and redrives all', async () => {
    refuses = true;
    const messages = Array.from({ length: 100 }, (_, i) => ({
      phone: String(79_100_000_000 + i),
      message: 'hello',
    }));
    await stage.customers.post('/webhook/whatsapp/batched', { messages });
    const live = await open();
    const dead = (said: string): Promise<void> => live.page.locator('.facts a', { hasText: said }).waitFor();
    await dead('100 dead letters');
    await live.press('d');
    await live.page.getByText('50 older ones').waitFor();
    await live.page.locator('.letters li').nth(49).waitFor();
    expect(await live.hindrances()).toEqual([]);
    await takePicture(live.page, 'live dead letters');
    refuses = false;
    expect(await live.confirm('Redrive all')).toContain('100 dead letters');
    await live.says('100 dead letters are on the way again');
    await dead('0 dead letters');
    await live.page.getByText('There are none').waitFor();
    await live.close();
  });

  it('its key is taken back while somebody looks, asks for another, and does not let them past', async () => {
    const live = await open();
    const own = stage.webhook;
    await own.terminate();
    const other = await AppProcess.start('webhook', {
      ...{ REDIS_URL: stage.redis.url, REDIS_ALLOWED_PORTS: String(stage.redis.port) },
      ...{ ADMIN_API_KEY: 'another-key', PORT: new URL(own.url).port },
    });
    const dialog = live.page.getByRole('dialog', { name: 'The admin key' });
    await dialog.waitFor();
    await live.page.keyboard.press('Escape');
    await live.page.keyboard.press('Escape');
    await eventually('the dialog', () => dialog.isVisible(), Boolean);
    await live.enter('another-key');
    await dialog.waitFor({ state: 'detached' });
    await other.terminate();
    await own.restart();
    await live.close();
  });
});
